import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { Attribute } from './attributes.ts'
import { type Feature, featuresOf } from './generations.ts'

const switches: Partial<Record<Feature, readonly Attribute[]>> = {
  'named switches': [
    ['feature.directedCallPickup.enabled', '1'],
    ['feature.groupCallPickup.enabled', '1'],
  ],
  'numbered switches': [
    ['feature.12.name', 'directed-call-pickup'],
    ['feature.12.enabled', '1'],
    ['feature.11.name', 'group-call-pickup'],
    ['feature.11.enabled', '1'],
  ],
}

/**
 * How a call that rings elsewhere is taken: the phone dials the code and the number, which any call server understands.
 */
export function pickup({ model, codes }: DeviceIntent): readonly Attribute[] {
  return [
    ...[...featuresOf(model)].flatMap((feature) => switches[feature] ?? []),
    ['call.directedCallPickupMethod', 'legacy'],
    ['call.directedCallPickupString', codes.directedPickup],
  ]
}

/** The lamp of the line's mailbox, and one press to listen. */
export function voicemail({ ports, codes }: DeviceIntent): readonly Attribute[] {
  const line = ports[0]
  return [
    ['msg.mwi.1.subscribe', line?.sipUser ?? ''],
    ['msg.mwi.1.callBackMode', line ? 'contact' : 'disabled'],
    ['msg.mwi.1.callBack', line ? codes.voicemail : ''],
    ['msg.bypassInstantMessage', '1'],
    ['up.oneTouchVoiceMail', '1'],
  ]
}

/**
 * The phones come with the dial plan of North America, which no French number fits. Any digits are dialled instead,
 * three seconds after the last one; what fits no plan is dialled as well.
 */
export const dialling: readonly Attribute[] = [
  ['dialplan.digitmap', '[0123456789*#].T'],
  ['dialplan.digitmap.timeOut', '3'],
  ['dialplan.impossibleMatchHandling', '0'],
  ['dialplan.removeEndOfDial', '1'],
  ['feature.urlDialing.enabled', '0'],
]
