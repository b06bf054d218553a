import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccessRequest, decideAccess, type KnownDevice } from '../../../src/delivery/access/decide.ts'
import { deviceAccesses } from '../../../src/domain/intent.ts'
import { openWindow, type Window, windowTimes } from '../../../src/domain/window.ts'

const t0 = Date.UTC(2026, 0, 1)
const source = fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1')

/** All of a request but what is known of the device. */
const circumstances = fc.record({
  transport: fc.constantFrom('http', 'https', 'mtls', 'tftp'),
  source,
  credentials: fc.constantFrom('none', 'right', 'wrong', 'stale'),
  certificate: fc.constantFrom('none', 'fits', 'other'),
  shutOut: fc.boolean(),
  anyCompanyGuarded: fc.boolean(),
  now: fc.integer({ min: t0, max: t0 + 2 * windowTimes.open }),
} satisfies { [Key in keyof Omit<AccessRequest, 'known'>]: fc.Arbitrary<AccessRequest[Key]> })

const known: fc.Arbitrary<KnownDevice> = fc.record(
  {
    access: fc.constantFrom(...deviceAccesses),
    hasAccount: fc.boolean(),
    openNetworks: fc.subarray(['192.0.2.1/32', '192.0.2.0/24', '2001:db8::/32']),
    window: fc.option(source, { nil: undefined }).map((bound) => openWindow(t0, bound)),
  },
  { requiredKeys: ['access', 'hasAccount'] },
)

describe('whatever is asked', () => {
  it('a refusal of a known device equals that of an unknown one', () => {
    fc.assert(
      fc.property(circumstances, known, (request, device) => {
        const decided = decideAccess({ ...request, known: device })
        fc.pre(decided.answer !== 'serve')
        const { why: _, ...heard } = decided
        const { why: __, ...unknown } = decideAccess(request)
        expect(heard).toEqual(unknown)
      }),
    )
  })

  it('a device that is not open is served for a proof or by its window only', () => {
    fc.assert(
      fc.property(circumstances, known, (request, device) => {
        fc.pre(device.access !== 'open')
        const { window: _, ...windowless } = device
        const { answer } = decideAccess({ ...request, known: windowless })
        const certified = request.transport === 'mtls' && request.certificate === 'fits'
        const proved = request.credentials === 'right' && device.hasAccount && request.transport !== 'tftp'
        const may = certified || (proved && device.access === 'first-contact')
        expect(answer === 'serve').toBe(may)
      }),
    )
  })
})

describe('in a window', () => {
  const steps = fc.array(
    fc.record({ source, wait: fc.integer({ min: 0, max: windowTimes.afterContact }), shutOut: fc.boolean() }),
    { minLength: 1, maxLength: 30 },
  )

  it('no source but the bound one is ever served, and none after its time', () => {
    fc.assert(
      fc.property(steps, fc.option(source, { nil: undefined }), (asked, knownBefore) => {
        let window: Window | undefined = openWindow(t0, knownBefore)
        let now = t0
        const served: { source: string; at: number }[] = []
        for (const step of asked) {
          now += step.wait
          const decided = decideAccess({
            known: { access: 'first-contact', hasAccount: true, window },
            transport: 'http',
            source: step.source,
            credentials: 'none',
            certificate: 'none',
            anyCompanyGuarded: true,
            shutOut: step.shutOut,
            now,
          })
          if (decided.answer !== 'serve') continue
          served.push({ source: step.source, at: now })
          expect(step.shutOut).toBe(false)
          if (decided.window && decided.window !== 'close') window = decided.window.bind
        }
        const bound = knownBefore ?? asked.find((step) => !step.shutOut)?.source
        const [first] = served
        for (const each of served) {
          expect(each.source).toBe(bound)
          expect(each.at - (first?.at ?? 0)).toBeLessThan(windowTimes.afterContact)
          expect(each.at).toBeLessThan(t0 + windowTimes.open)
        }
      }),
    )
  })
})
