import { expect, test } from 'vitest'
import type { DeviceRequest } from '../../../src/delivery/plane.ts'
import type { Recorder } from '../../../src/delivery/recorder.ts'
import { recordingOf, tellingRecorder } from '../../../src/delivery/workers/happenings.ts'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { drivers } from '../../../src/devices/vendors.ts'

const request: DeviceRequest = {
  transport: 'https',
  method: 'GET',
  name: '64167fb269d6.cfg',
  target: '/64167fb269d6.cfg',
  source: '192.0.2.1',
  userAgent: 'FileTransport PolycomVVX-VVX_450-UA/6.4.3',
  authorization: 'Basic c2VjcmV0',
}
const driver = drivers.find(({ name }) => name === 'polycom') ?? expect.fail('there is no such driver')
const model = catalogue.find('polycom/vvx-450') ?? expect.fail('there is no such model')
const identity = {
  mac: '64167fb269d6',
  kind: 'device',
  driver,
  model,
  agreement: 'claimed',
  reasons: ['x'],
} as const
const device = {
  mac: identity.mac,
  driver,
  rendered: {
    revision: 'r1',
    files: new Map(
      [
        ['64167fb269d6.cfg', false],
        ['64167fb269d6-lines.cfg', true],
        ['64167fb269d6-settings.cfg', true],
      ].map(([name, secret]) => [name as string, { name: name as string, secret: secret as boolean }]),
    ),
  },
}
const outcome = { status: 200, bytes: 10, complete: true }

/** All that a recorder is told, over the way that text goes. */
function overTheWay(work: (recorder: Recorder) => void): {
  readonly heard: unknown[][]
  readonly text: string
} {
  const heard: unknown[][] = []
  const hear =
    (what: string) =>
    (...told: unknown[]): void =>
      void heard.push([what, ...told])
  const names = ['served', 'uploaded', 'other', 'absent', 'refused'] as const
  const recorder = Object.fromEntries(names.map((name) => [name, hear(name)])) as unknown as Recorder
  const record = recordingOf({ recorder, drivers, catalogue, live: { byMac: () => undefined } })
  let text = ''
  work(
    tellingRecorder(
      (happening) => {
        text += JSON.stringify(happening)
        record(JSON.parse(JSON.stringify(happening)))
      },
      () => 1000,
    ),
  )
  return { heard, text }
}

test('what is recorded of a file is the same, and what proves who asks does not travel', () => {
  const { heard, text } = overTheWay((recorder) =>
    recorder.served(request, identity, device, { name: '64167fb269d6-lines.cfg' }, outcome),
  )
  const [[what, asked, known, served, file, told] = []] = heard
  expect({ what, file, told }).toEqual({
    what: 'served',
    file: { name: '64167fb269d6-lines.cfg' },
    told: outcome,
  })
  const { authorization: _, ...without } = request
  expect(asked).toEqual({ ...without, target: '' })
  expect(known).toMatchObject({ mac: identity.mac, kind: 'device' })
  expect((known as typeof identity).driver).toBe(driver)
  expect((known as typeof identity).model).toBe(model)
  // The file without secrets makes no device what it is.
  expect([...(served as typeof device).rendered.files.keys()]).toEqual([
    '64167fb269d6-lines.cfg',
    '64167fb269d6-settings.cfg',
  ])
  expect(text).not.toContain('c2VjcmV0')
})

test('of a refusal its sort arrives, of a contradiction what it is', () => {
  const contradiction = { refused: 'mac-mismatch', mac: identity.mac, reasons: ['the name says so'] } as const
  const { heard, text } = overTheWay((recorder) => {
    const challenge = { kind: 'challenge', header: 'Digest nonce="abc"' } as const
    recorder.refused(request, contradiction, 'mac-mismatch', challenge)
    recorder.absent(request, identity, undefined)
  })
  expect(heard).toMatchObject([
    ['refused', {}, { refused: 'mac-mismatch', mac: identity.mac }, 'mac-mismatch', { kind: 'challenge' }],
    ['absent', {}, { mac: identity.mac }, undefined],
  ])
  expect(text).not.toContain('nonce')
})
