/** Whose devices they are in the table of requests: one of every generation, by the addresses seen on real ones. */
export const linked: Readonly<Record<string, string>> = {
  '64167fb269d6': 'polycom/vvx-450',
  '64167f000101': 'polycom/vvx-101',
  '64167f000310': 'polycom/vvx-310',
  '64167f000311': 'polycom/vvx-311',
  '64167f000400': 'polycom/vvx-400',
  '64167f000500': 'polycom/vvx-500',
  '64167f008800': 'polycom/trio-8800',
  '64167f9f4c90': 'poly/ccx-500',
  '482567b5313f': 'poly/ccx-600',
  '482567000450': 'poly/edge-e450',
  f04ea4691c59: 'poly/edge-e350',
  '0004f2000335': 'polycom/soundpoint-ip-335',
  '0004f249d83f': 'polycom/soundpoint-ip-335',
  '0004f2000450': 'polycom/soundpoint-ip-450',
  '0004a11a1a1a': 'polycom/soundpoint-ip-550',
  '0004f2000670': 'polycom/soundpoint-ip-670',
  '0004f2000430': 'polycom/soundpoint-ip-430',
  '0004f2e765da': 'polycom/soundstation-ip-5000',
  '0004f2f18103': 'polycom/soundstation-ip-6000',
  '0015654c4c26': 'yealink/t19p-e2',
  '0015659370f2': 'yealink/t23g',
  '0015658c4812': 'yealink/t27p',
  '00156513ae0b': 'yealink/t28p',
  '0015652fc35e': 'yealink/t38g',
  '001565538322': 'yealink/t41p',
  '001577883355': 'yealink/t48g',
  '0015654aa937': 'yealink/t46g',
  '0015659b5a44': 'yealink/t49g',
  '0015659b5b22': 'yealink/t58a',
  '805ec0d57d72': 'yealink/t31g',
  '249ad81e83fa': 'yealink/t33g',
  '249ad888d0f4': 'yealink/t34w',
  '249ad86e9d88': 'yealink/t46u',
  '44dbd2c973b7': 'yealink/t87w',
  '001565f429a4': 'yealink/t56a',
  '805ec0aa0001': 'yealink/t54w',
  '0015655e167c': 'yealink/cp920',
  '0015658a3786': 'yealink/cp860',
  '00156544b37c': 'yealink/w52p',
  '00156540ae35': 'yealink/w52p',
  '001565b86005': 'yealink/w52p',
  '805ec009abdc': 'yealink/w60b',
  '805e0c1d654e': 'yealink/w70b',
  '249ad8dffb11': 'yealink/w75b',
  '805ec0710138': 'yealink/w80b',
  '249ad8d1a631': 'yealink/w80b',
  '805ec0d9c744': 'yealink/w90b',
  '001565314bc0': 'yealink/vp530',
  '00908f3bbcba': 'audiocodes/420hd',
  '00908f602aac': 'audiocodes/440hd',
  '00908f9d8992': 'audiocodes/c450hd',
  '00908f118118': 'audiocodes/mp-118',
  '00908f124124': 'audiocodes/mp-124',
  '00908f202202': 'audiocodes/mp-202b',
  '00908f204204': 'audiocodes/mp-204b',
}

export interface CompanyWish {
  readonly name?: string
  readonly deviceAccess?: 'open' | 'first-contact' | 'certificate'
  readonly openNetworks?: readonly string[]
  /** MAC to model. */
  readonly devices?: Readonly<Record<string, string>>
  /** The first line's number, so that companies do not share one. */
  readonly from?: number
  /** Extra facts of the lines, by MAC. */
  readonly lines?: Readonly<Record<string, object>>
}

/** A company with a line for each device; each line's password can be found in the files of its device. */
export function company(wish: CompanyWish = {}): object {
  const { name = 'Toine Immo', devices = {}, from = 33483060000, lines = {} } = wish
  return {
    name,
    deviceAccess: wish.deviceAccess ?? 'first-contact',
    ...(wish.openNetworks ? { openNetworks: wish.openNetworks } : {}),
    sip: { domain: 'sip.example.net' },
    sites: [{ name: 'Grasse' }],
    lines: Object.entries(devices).map(([mac, model], i) => ({
      number: `+${from + i}`,
      kind: model.startsWith('audiocodes/mp-') ? 'analog' : 'fixed',
      site: 'Grasse',
      name: `Line ${i}`,
      sip: { password: passwordOf(mac) },
      equipment: { model, mac },
      ...lines[mac],
    })),
  }
}

export function fleet(...companies: readonly object[]): object {
  return { companies }
}

/** Letters and digits, which every vendor's format carries. */
export function passwordOf(mac: string): string {
  return `Secret${mac}`
}
