import type { daylightRules } from './daylight-rules.ts'

interface ZoneGroup {
  /** Minutes east of Greenwich, outside daylight saving time. */
  readonly offsetMinutes: number
  readonly daylight?: keyof typeof daylightRules
  /** IANA names, separated by white space. */
  readonly names: string
}

/**
 * The IANA time zones and their usual aliases, by what their clocks do, after the 2025c release of the database.
 * Morocco (Africa/Casablanca, Africa/El_Aaiun) goes back one hour for Ramadan, whose month moves: its devices keep the
 * hour of the rest of the year.
 */
export const zoneNames: readonly ZoneGroup[] = [
  {
    offsetMinutes: -720,
    names: 'Etc/GMT+12',
  },
  {
    offsetMinutes: -660,
    names: 'Etc/GMT+11 Pacific/Midway Pacific/Niue Pacific/Pago_Pago Pacific/Samoa',
  },
  {
    offsetMinutes: -600,
    names: 'Etc/GMT+10 HST Pacific/Honolulu Pacific/Rarotonga Pacific/Tahiti US/Hawaii',
  },
  {
    offsetMinutes: -600,
    daylight: 'northAmerica',
    names: 'America/Adak',
  },
  {
    offsetMinutes: -570,
    names: 'Pacific/Marquesas',
  },
  {
    offsetMinutes: -540,
    names: 'Etc/GMT+9 Pacific/Gambier',
  },
  {
    offsetMinutes: -540,
    daylight: 'northAmerica',
    names: `America/Anchorage America/Juneau America/Metlakatla America/Nome America/Sitka America/Yakutat
      US/Alaska`,
  },
  {
    offsetMinutes: -480,
    names: 'Etc/GMT+8 Pacific/Pitcairn',
  },
  {
    offsetMinutes: -480,
    daylight: 'northAmerica',
    names: `America/Ensenada America/Los_Angeles America/Tijuana America/Vancouver Canada/Pacific PST8PDT
      US/Pacific`,
  },
  {
    offsetMinutes: -420,
    names: `America/Creston America/Dawson America/Dawson_Creek America/Fort_Nelson America/Hermosillo
      America/Mazatlan America/Phoenix America/Whitehorse Etc/GMT+7 MST US/Arizona`,
  },
  {
    offsetMinutes: -420,
    daylight: 'northAmerica',
    names: `America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Denver America/Edmonton
      America/Inuvik America/Shiprock Canada/Mountain MST7MDT Navajo US/Mountain`,
  },
  {
    offsetMinutes: -360,
    names: `America/Bahia_Banderas America/Belize America/Chihuahua America/Costa_Rica America/El_Salvador
      America/Guatemala America/Managua America/Merida America/Mexico_City America/Monterrey
      America/Regina America/Swift_Current America/Tegucigalpa Etc/GMT+6 Mexico/General Pacific/Galapagos`,
  },
  {
    offsetMinutes: -360,
    daylight: 'easterIsland',
    names: 'Pacific/Easter',
  },
  {
    offsetMinutes: -360,
    daylight: 'northAmerica',
    names: `America/Chicago America/Indiana/Knox America/Indiana/Tell_City America/Matamoros America/Menominee
      America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem
      America/Ojinaga America/Rankin_Inlet America/Resolute America/Winnipeg CST6CDT Canada/Central
      US/Central`,
  },
  {
    offsetMinutes: -300,
    names: `America/Atikokan America/Bogota America/Cancun America/Cayman America/Coral_Harbour America/Eirunepe
      America/Guayaquil America/Jamaica America/Lima America/Panama America/Porto_Acre America/Rio_Branco
      EST Etc/GMT+5 Jamaica`,
  },
  {
    offsetMinutes: -300,
    daylight: 'cuba',
    names: 'America/Havana Cuba',
  },
  {
    offsetMinutes: -300,
    daylight: 'northAmerica',
    names: `America/Detroit America/Fort_Wayne America/Grand_Turk America/Indiana/Indianapolis
      America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes
      America/Indiana/Winamac America/Indianapolis America/Iqaluit America/Kentucky/Louisville
      America/Kentucky/Monticello America/Louisville America/Nassau America/New_York
      America/Port-au-Prince America/Toronto Canada/Eastern EST5EDT US/Eastern`,
  },
  {
    offsetMinutes: -240,
    names: `America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon
      America/Boa_Vista America/Campo_Grande America/Caracas America/Cuiaba America/Curacao
      America/Dominica America/Grenada America/Guadeloupe America/Guyana America/Kralendijk America/La_Paz
      America/Lower_Princes America/Manaus America/Marigot America/Martinique America/Montserrat
      America/Port_of_Spain America/Porto_Velho America/Puerto_Rico America/Santo_Domingo
      America/St_Barthelemy America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent
      America/Tortola America/Virgin Etc/GMT+4`,
  },
  {
    offsetMinutes: -240,
    daylight: 'chile',
    names: 'America/Santiago Chile/Continental',
  },
  {
    offsetMinutes: -240,
    daylight: 'northAmerica',
    names: `America/Glace_Bay America/Goose_Bay America/Halifax America/Moncton America/Thule Atlantic/Bermuda
      Canada/Atlantic`,
  },
  {
    offsetMinutes: -210,
    daylight: 'northAmerica',
    names: 'America/St_Johns Canada/Newfoundland',
  },
  {
    offsetMinutes: -180,
    names: `America/Araguaina America/Argentina/Buenos_Aires America/Argentina/Catamarca
      America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja
      America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta
      America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman
      America/Argentina/Ushuaia America/Asuncion America/Bahia America/Belem America/Buenos_Aires
      America/Catamarca America/Cayenne America/Cordoba America/Coyhaique America/Fortaleza America/Jujuy
      America/Maceio America/Mendoza America/Montevideo America/Paramaribo America/Punta_Arenas
      America/Recife America/Santarem America/Sao_Paulo Antarctica/Palmer Antarctica/Rothera
      Atlantic/Stanley Brazil/East Etc/GMT+3`,
  },
  {
    offsetMinutes: -180,
    daylight: 'northAmerica',
    names: 'America/Miquelon',
  },
  {
    offsetMinutes: -120,
    names: 'America/Noronha Atlantic/South_Georgia Etc/GMT+2',
  },
  {
    offsetMinutes: -120,
    daylight: 'greenland',
    names: 'America/Godthab America/Nuuk America/Scoresbysund',
  },
  {
    offsetMinutes: -60,
    names: 'Atlantic/Cape_Verde Etc/GMT+1',
  },
  {
    offsetMinutes: -60,
    daylight: 'europeanUnion',
    names: 'Atlantic/Azores',
  },
  {
    offsetMinutes: 0,
    names: `Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar
      Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Sao_Tome
      America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/Greenwich Etc/UCT Etc/UTC
      Etc/Universal Etc/Zulu GMT Greenwich Iceland UCT UTC Universal Zulu`,
  },
  {
    offsetMinutes: 0,
    daylight: 'europeanUnion',
    names: `Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira Eire Europe/Belfast Europe/Dublin
      Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/Lisbon Europe/London GB Portugal WET`,
  },
  {
    offsetMinutes: 0,
    daylight: 'troll',
    names: 'Antarctica/Troll',
  },
  {
    offsetMinutes: 60,
    names: `Africa/Algiers Africa/Bangui Africa/Brazzaville Africa/Casablanca Africa/Douala Africa/El_Aaiun
      Africa/Kinshasa Africa/Lagos Africa/Libreville Africa/Luanda Africa/Malabo Africa/Ndjamena
      Africa/Niamey Africa/Porto-Novo Africa/Tunis Etc/GMT-1`,
  },
  {
    offsetMinutes: 60,
    daylight: 'europeanUnion',
    names: `Africa/Ceuta Arctic/Longyearbyen Atlantic/Jan_Mayen CET Europe/Amsterdam Europe/Andorra
      Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen
      Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta
      Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino
      Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican
      Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich MET Poland`,
  },
  {
    offsetMinutes: 120,
    names: `Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Johannesburg Africa/Juba
      Africa/Khartoum Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo Africa/Maseru
      Africa/Mbabane Africa/Tripoli Africa/Windhoek Etc/GMT-2 Europe/Kaliningrad`,
  },
  {
    offsetMinutes: 120,
    daylight: 'egypt',
    names: 'Africa/Cairo Egypt',
  },
  {
    offsetMinutes: 120,
    daylight: 'europeanUnion',
    names: `Asia/Famagusta Asia/Nicosia EET Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kiev
      Europe/Kyiv Europe/Mariehamn Europe/Nicosia Europe/Riga Europe/Sofia Europe/Tallinn Europe/Uzhgorod
      Europe/Vilnius Europe/Zaporozhye`,
  },
  {
    offsetMinutes: 120,
    daylight: 'israel',
    names: 'Asia/Jerusalem Asia/Tel_Aviv Israel',
  },
  {
    offsetMinutes: 120,
    daylight: 'lebanon',
    names: 'Asia/Beirut',
  },
  {
    offsetMinutes: 120,
    daylight: 'moldova',
    names: 'Europe/Chisinau Europe/Tiraspol',
  },
  {
    offsetMinutes: 120,
    daylight: 'palestine',
    names: 'Asia/Gaza Asia/Hebron',
  },
  {
    offsetMinutes: 180,
    names: `Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala
      Africa/Mogadishu Africa/Nairobi Antarctica/Syowa Asia/Aden Asia/Amman Asia/Baghdad Asia/Bahrain
      Asia/Damascus Asia/Istanbul Asia/Kuwait Asia/Qatar Asia/Riyadh Etc/GMT-3 Europe/Istanbul
      Europe/Kirov Europe/Minsk Europe/Moscow Europe/Simferopol Europe/Volgograd Indian/Antananarivo
      Indian/Comoro Indian/Mayotte Turkey`,
  },
  {
    offsetMinutes: 210,
    names: 'Asia/Tehran',
  },
  {
    offsetMinutes: 240,
    names: `Asia/Baku Asia/Dubai Asia/Muscat Asia/Tbilisi Asia/Yerevan Etc/GMT-4 Europe/Astrakhan Europe/Samara
      Europe/Saratov Europe/Ulyanovsk Indian/Mahe Indian/Mauritius Indian/Reunion`,
  },
  {
    offsetMinutes: 270,
    names: 'Asia/Kabul',
  },
  {
    offsetMinutes: 300,
    names: `Antarctica/Mawson Antarctica/Vostok Asia/Almaty Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Atyrau
      Asia/Dushanbe Asia/Karachi Asia/Oral Asia/Qostanay Asia/Qyzylorda Asia/Samarkand Asia/Tashkent
      Asia/Yekaterinburg Etc/GMT-5 Indian/Kerguelen Indian/Maldives`,
  },
  {
    offsetMinutes: 330,
    names: 'Asia/Calcutta Asia/Colombo Asia/Kolkata',
  },
  {
    offsetMinutes: 345,
    names: 'Asia/Kathmandu Asia/Katmandu',
  },
  {
    offsetMinutes: 360,
    names: 'Asia/Bishkek Asia/Dacca Asia/Dhaka Asia/Omsk Asia/Thimphu Asia/Urumqi Etc/GMT-6 Indian/Chagos',
  },
  {
    offsetMinutes: 390,
    names: 'Asia/Rangoon Asia/Yangon Indian/Cocos',
  },
  {
    offsetMinutes: 420,
    names: `Antarctica/Davis Asia/Bangkok Asia/Barnaul Asia/Ho_Chi_Minh Asia/Hovd Asia/Jakarta Asia/Krasnoyarsk
      Asia/Novokuznetsk Asia/Novosibirsk Asia/Phnom_Penh Asia/Pontianak Asia/Saigon Asia/Tomsk
      Asia/Vientiane Etc/GMT-7 Indian/Christmas`,
  },
  {
    offsetMinutes: 480,
    names: `Antarctica/Casey Asia/Brunei Asia/Choibalsan Asia/Chongqing Asia/Hong_Kong Asia/Irkutsk
      Asia/Kuala_Lumpur Asia/Kuching Asia/Macau Asia/Makassar Asia/Manila Asia/Shanghai Asia/Singapore
      Asia/Taipei Asia/Ulaanbaatar Australia/Perth Etc/GMT-8 Hongkong PRC ROC Singapore`,
  },
  {
    offsetMinutes: 525,
    names: 'Australia/Eucla',
  },
  {
    offsetMinutes: 540,
    names: `Asia/Chita Asia/Dili Asia/Jayapura Asia/Khandyga Asia/Pyongyang Asia/Seoul Asia/Tokyo Asia/Yakutsk
      Etc/GMT-9 Japan Pacific/Palau ROK`,
  },
  {
    offsetMinutes: 570,
    names: 'Australia/Darwin',
  },
  {
    offsetMinutes: 570,
    daylight: 'australia',
    names: 'Australia/Adelaide Australia/Broken_Hill',
  },
  {
    offsetMinutes: 600,
    names: `Antarctica/DumontDUrville Asia/Ust-Nera Asia/Vladivostok Australia/Brisbane Australia/Lindeman
      Australia/Queensland Etc/GMT-10 Pacific/Chuuk Pacific/Guam Pacific/Port_Moresby Pacific/Saipan
      Pacific/Truk`,
  },
  {
    offsetMinutes: 600,
    daylight: 'australia',
    names: `Antarctica/Macquarie Australia/ACT Australia/Canberra Australia/Hobart Australia/Melbourne
      Australia/NSW Australia/Sydney Australia/Victoria`,
  },
  {
    offsetMinutes: 630,
    daylight: 'lordHowe',
    names: 'Australia/Lord_Howe',
  },
  {
    offsetMinutes: 660,
    names: `Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Etc/GMT-11 Pacific/Bougainville Pacific/Efate
      Pacific/Guadalcanal Pacific/Kosrae Pacific/Noumea Pacific/Pohnpei Pacific/Ponape`,
  },
  {
    offsetMinutes: 660,
    daylight: 'australia',
    names: 'Pacific/Norfolk',
  },
  {
    offsetMinutes: 720,
    names: `Asia/Anadyr Asia/Kamchatka Etc/GMT-12 Pacific/Fiji Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro
      Pacific/Nauru Pacific/Tarawa Pacific/Wake Pacific/Wallis`,
  },
  {
    offsetMinutes: 720,
    daylight: 'newZealand',
    names: 'Antarctica/McMurdo NZ Pacific/Auckland',
  },
  {
    offsetMinutes: 765,
    daylight: 'chatham',
    names: 'NZ-CHAT Pacific/Chatham',
  },
  {
    offsetMinutes: 780,
    names: 'Etc/GMT-13 Pacific/Apia Pacific/Enderbury Pacific/Fakaofo Pacific/Kanton Pacific/Tongatapu',
  },
  {
    offsetMinutes: 840,
    names: 'Etc/GMT-14 Pacific/Kiritimati',
  },
]
