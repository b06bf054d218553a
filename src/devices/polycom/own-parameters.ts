import type { DeviceIntent } from '../../domain/device-intent.ts'
import { type Attribute, type Attributes, isRun } from './attributes.ts'

/** A name that is no attribute name would lose the whole file, and XML keeps those that begin so for itself. */
const attributeName = /^(?!xml)[a-z_][\w.-]*$/i

/** One list of parameters a subject, in the order they are written. */
export type Sections = Readonly<Record<string, Attributes>>

/**
 * The operator's parameters over ours: his value takes the place of ours, so that each name is written once; names we
 * do not write come back apart. A parameter of the flash gets the `.set` without which the phone ignores it.
 */
export function withOwnParameters(
  ours: Sections,
  device: DeviceIntent,
): { readonly sections: Sections; readonly own: readonly Attribute[] } {
  const plain = device.parameters.filter(([name]) => attributeName.test(name))
  const wanted = new Map([...plain.flatMap(complete), ...plain]) // a `.set` of the operator's own comes last
  if (wanted.size === 0) return { sections: ours, own: [] }
  const taken = new Set<string>()
  const override = ([name, value]: Attribute): Attribute => {
    taken.add(name)
    return [name, wanted.get(name) ?? value]
  }
  const sections = Object.fromEntries(
    Object.entries(ours).map(([subject, list]) => [subject, each(list).map(override)]),
  )
  return { sections, own: [...wanted].filter(([name]) => !taken.has(name)) }
}

function each(list: Attributes): readonly Attribute[] {
  return list.flatMap((one) => (isRun(one) ? one.attributes : [one]))
}

function complete([name, value]: readonly [string, string]): readonly (readonly [string, string])[] {
  const inFlash = name.startsWith('device.') && name !== 'device.set' && !name.endsWith('.set')
  return inFlash
    ? [
        [name, value],
        [`${name}.set`, '1'],
      ]
    : [[name, value]]
}
