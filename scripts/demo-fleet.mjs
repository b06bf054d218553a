/**
 * The fleet of the demonstration: the sample, a hotel, and who of them really comes. One phone is off, one comes from
 * outside the networks that its company admits, and one comes that no line has.
 */
const off = '00:90:8f:60:2a:ac'

/** `sample` is the sample fleet as parsed, `sip` the port of the SIP server on this machine. */
export function demoFleet(sample, sip) {
  const companies = [...sample.companies, hotel()].map((company) =>
    company.sip.transport === 'tls'
      ? company
      : { ...company, sip: { ...company.sip, proxy: '127.0.0.1', port: sip, transport: 'udp' } },
  )
  const [first, ...others] = companies.map((company) => ({
    ...company,
    lines: company.lines.map((line) => (line.equipment?.mac === off ? withoutEquipment(line) : line)),
  }))
  return {
    fleet: { companies },
    phones: { companies: [{ ...first, lines: [...first.lines, stranger] }, ...others] },
  }
}

function withoutEquipment({ equipment: _, keys: __, ...line }) {
  return line
}

const stranger = {
  number: '+33483050197',
  kind: 'fixed',
  site: 'Grasse',
  name: 'Somebody’s phone',
  equipment: { model: 'yealink/t46u', mac: '24:9a:d8:6e:9d:88' },
}

function hotel() {
  const room = (n, model, mac, more = {}) => ({
    number: `+3349200010${n}`,
    kind: 'fixed',
    site: 'Port',
    name: ['Réception', 'Direction', 'Salon', 'Étage 1', 'Étage 2', 'Ascenseur'][n],
    equipment: { model, mac, ...more },
  })
  return {
    name: 'Hôtel du Port',
    locale: 'fr',
    sip: { domain: 'sip.example.net' },
    sites: [
      {
        name: 'Port',
        address: '1 QUAI DES DOCKS 06300 NICE',
        pickupGroups: [{ name: 'Accueil', members: ['+33492000100', '+33492000101'] }],
      },
    ],
    lines: [
      {
        ...room(0, 'yealink/t43u', '80:5e:c0:43:00:01', { expansion: ['exp43'] }),
        keys: {
          supervision: ['+33492000101', '+33492000102', '+33492000103', '+33492000104'],
          shortcuts: [
            'interception',
            { number: '3699', label: 'Horloge' },
            { number: '+33493000001', label: 'Taxi & navette' },
          ],
        },
      },
      {
        ...room(1, 'polycom/vvx-601', '64:16:7f:60:10:01'),
        keys: { supervision: ['+33492000100'], shortcuts: ['interception'] },
      },
      room(2, 'polycom/soundstation-ip-7000', '00:04:f2:70:00:01'),
      room(3, 'yealink/w70b', '80:5e:0c:70:00:01', { port: 1 }),
      room(4, 'yealink/w70b', '80:5e:0c:70:00:01', { port: 2 }),
      { ...room(5, 'audiocodes/mp-118', '00:90:8f:11:80:01', { port: 3, use: 'phone' }), kind: 'analog' },
    ],
  }
}
