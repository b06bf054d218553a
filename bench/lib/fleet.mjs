import { macOf } from '../fleet-file.mjs'

/**
 * Models as they stand side by side in offices: how many of a hundred devices, the first half of their addresses, the
 * keys on each, and what one says of itself when it asks.
 */
export const mix = [
  {
    model: 'polycom/vvx-450',
    share: 40,
    prefix: '64167f',
    watched: 12,
    shortcuts: 4,
    agent: (mac) => `FileTransport PolycomVVX-VVX_450-UA/6.4.4.0604 (SN:${mac}) Type/Application`,
  },
  {
    model: 'yealink/t54w',
    share: 25,
    prefix: '805ec0',
    watched: 12,
    shortcuts: 4,
    agent: (mac) => `Yealink SIP-T54W 96.86.0.45 ${colons(mac)}`,
  },
  {
    model: 'yealink/t46s',
    share: 15,
    prefix: '001565',
    watched: 12,
    shortcuts: 4,
    agent: (mac) => `Yealink SIP-T46S 66.86.0.15 ${colons(mac)}`,
  },
  {
    model: 'yealink/w70b',
    share: 5,
    prefix: '805e0c',
    watched: 0,
    shortcuts: 0,
    agent: (mac) => `Yealink W70B 146.87.188.1 ${colons(mac)}`,
  },
  {
    model: 'audiocodes/440hd',
    share: 10,
    prefix: '00908f',
    watched: 8,
    shortcuts: 4,
    agent: (mac) => `AUDC-IPPhone/2.2.8.61 (440HD; ${mac.toUpperCase()})`,
  },
  {
    model: 'audiocodes/mp-112',
    share: 5,
    prefix: '00908f',
    watched: 0,
    shortcuts: 0,
    kind: 'analog',
    agent: (mac) => `Mozilla/4.0 (compatible; AudioCodes; MP-112;6.60A.022;${mac.toUpperCase()};)`,
  },
]

/** So many devices of the mix, in the same order each time: `{ mac, kind }`, where the kind is one of the mix. */
export function mixedDevices(count) {
  const hundred = mix.flatMap((kind) => new Array(kind.share).fill(kind))
  // 37 has no divisor in common with 100: neighbours are of different kinds, and each hundred holds each kind's share.
  return Array.from({ length: count }, (_, i) => {
    const kind = hundred[(i * 37) % 100]
    return { mac: macOf(kind.prefix, i), kind }
  })
}

/** A fleet of one company on these devices, a line each, as the fleet file says it. */
export function mixedFleet(devices, { access = 'open', voicemail = '123' } = {}) {
  const number = (i) => `+3348${String(i % devices.length).padStart(7, '0')}`
  // An adapter's line has nobody to supervise: the next one stands in for it.
  const watched = (i) => number(devices[i % devices.length].kind.kind === 'analog' ? i + 1 : i)
  const lines = devices.map(({ mac, kind }, i) => ({
    number: number(i),
    kind: kind.kind ?? 'fixed',
    site: 'Siège',
    firstName: 'Stéphane',
    lastName: `Dupont ${i}`,
    email: `s${i}@example.net`,
    equipment: { model: kind.model, mac },
    keys: {
      supervision: Array.from({ length: kind.watched }, (_, step) => watched(i + 2 * (step + 1))),
      shortcuts: Array.from({ length: kind.shortcuts }, (_, n) => ({
        number: `06134567${n}0`,
        label: `Poste ${n}`,
      })),
    },
  }))
  const company = {
    name: 'Grande Maison',
    deviceAccess: access,
    codes: { groupPickup: '*98', directedPickup: '*95', voicemail },
    sip: { domain: 'sip.example.net' },
    sites: [{ name: 'Siège' }],
    lines: lines.map(({ keys, ...line }) => (keys.supervision.length > 0 ? { ...line, keys } : line)),
  }
  return { companies: [company] }
}

function colons(mac) {
  return mac.match(/../g).join(':')
}
