import type { DeviceWish } from './desk-phone.ts'

/** Devices of the tests, by the addresses and user agents that such devices have. */
export const t54w = {
  make: 'yealink',
  mac: '805ec0aa0001',
  userAgent: 'Yealink SIP-T54W 96.86.0.100 80:5e:c0:aa:00:01',
  address: '127.0.0.11',
} as const satisfies DeviceWish

export const vvx450 = {
  make: 'polycom',
  mac: '64167fb269d6',
  userAgent: 'FileTransport PolycomVVX-VVX_450-UA/6.4.3.5059 (SN:64167fb269d6) Type/Application',
  address: '127.0.0.12',
} as const satisfies DeviceWish

export const w60b = {
  make: 'yealink',
  mac: '805ec0112233',
  userAgent: 'Yealink W60B 77.83.0.85 80:5e:c0:11:22:33',
  address: '127.0.0.13',
} as const satisfies DeviceWish
