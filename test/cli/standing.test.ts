import { expect, test } from 'vitest'
import { latestRefusals } from '../../src/cli/story-standing.ts'
import type { Delivery } from '../../src/store/devices.ts'

const mac = '64167fb269d6'
const refused = (why: string, at: number): Delivery => ({
  at,
  mac,
  name: `${mac}.cfg`,
  kind: 'device',
  transport: 'http',
  method: 'GET',
  status: 401,
  bytes: 0,
  complete: false,
  source: '192.0.2.1',
  why,
})

test('a stranger who calls himself another device does not make this one look turned away', () => {
  expect(latestRefusals([refused('mac-mismatch', 2)]).size).toBe(0)
  expect(latestRefusals([refused('mac-mismatch', 2), refused('window-expired', 1)]).get(mac)?.at).toBe(1)
})
