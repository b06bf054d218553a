import { expect, onTestFinished, test } from 'vitest'
import { pnpDialogs } from '../../../src/delivery/zero-touch/pnp-dialogs.ts'
import { pnpLimits } from '../../../src/delivery/zero-touch/pnp-limits.ts'
import { readSubscription } from '../../../src/delivery/zero-touch/pnp-subscribe.ts'
import { readSipRequest } from '../../../src/delivery/zero-touch/sip-message.ts'
import { audiocodesAsks } from './phone.ts'

function asked(callId: string) {
  const request = readSipRequest(Buffer.from(audiocodesAsks(5060, callId)))
  const subscription = request && readSubscription(request, '127.0.0.1')
  if (!subscription) throw new Error('the question is none')
  return subscription
}

test('a source is heard ten times, then once in two seconds, whatever the others do', () => {
  let now = 1000
  const isHeard = pnpLimits(() => now)
  const count = (source: string, times: number) =>
    Array.from({ length: times }, () => isHeard(source)).filter(Boolean)
  expect(count('192.0.2.1', 50)).toHaveLength(10)
  expect(count('192.0.2.2', 50)).toHaveLength(10)
  now += 4000
  expect(count('192.0.2.1', 50)).toHaveLength(2)
  now -= 3_600_000
  expect(count('192.0.2.1', 50)).toHaveLength(0)
})

test('sources that are forged do not wash away one that asks all the time', () => {
  const isHeard = pnpLimits(() => 0)
  for (let n = 0; n < 10; n++) isHeard('192.0.2.1')
  for (let n = 0; n < 10_000; n++) {
    isHeard(`10.0.${n >> 8}.${n & 255}`)
    if (n % 1000 === 0) expect(isHeard('192.0.2.1')).toBe(false)
  }
})

test('there are so many places and no more', () => {
  const dialogs = pnpDialogs()
  onTestFinished(() => dialogs.stopAll())
  const begun = Array.from({ length: 5000 }, (_, n) => dialogs.begin(asked(`call-${n}`))).filter(Boolean)
  expect(begun).toHaveLength(4096)
  dialogs.end(asked('call-0'))
  const late = dialogs.begin(asked('late'))
  expect(late && dialogs.byBranch(late.branch, '127.0.0.1')).toBe(late)
  expect(late && dialogs.byBranch(late.branch, '127.0.0.2')).toBeUndefined()
  expect(dialogs.find(asked('call-0'))).toBeUndefined()
})
