import type { Model } from '../domain/model.ts'
import { chanceOf } from './chance.ts'

/** So many devices of each model. */
export type Mix = ReadonlyMap<Model, number>

/** A fleet for a rehearsal: people who do not exist, with keys for each other, on devices nobody has. */
export interface MadeUpFleet {
  readonly companies: readonly [MadeUpCompany]
}

interface MadeUpCompany {
  readonly name: string
  readonly sip: { readonly domain: string }
  readonly sites: readonly { readonly name: string }[]
  readonly lines: readonly object[]
}

const firstNames = ['Anne', 'Karim', 'Inès', 'Jean', 'Léa', 'Marc', 'Nora', 'Paul', 'Rose', 'Yves']
const lastNames = [
  'Aubert',
  'Biel',
  'Costa',
  'Diaz',
  'Faure',
  'Haddad',
  'Martin',
  'N’Guyen',
  'Roux',
  'Weiß & fils',
]
/** Who is watched, and what is dialled, as far as the phone has room. */
const [watched, dialled] = [4, 3]

/** `prefixOf` gives the first six digits of an address of the model's maker. */
export function madeUpFleet(mix: Mix, seed: number, prefixOf: (model: Model) => string): MadeUpFleet {
  const chance = chanceOf(seed)
  const devices = [...mix].flatMap(([model, count]) => Array.from({ length: count }, () => model))
  const ownPart = Math.floor(chance.next() * 0xffffff)
  const people = devices.map((model, i) => ({ model, number: numberOf(i), phone: model.kind !== 'ata' }))
  const phones = people.filter(({ phone }) => phone).map(({ number }) => number)
  const lines = people.map(({ model, number }, i) => {
    const room = Math.max(0, (model.keys ?? 0) - 1)
    const others = Array.from(
      { length: watched },
      (_, step) => phones[(i + step + 1) % phones.length] ?? number,
    )
    const supervision = [...new Set(others)].filter((other) => other !== number).slice(0, room)
    const shortcuts = [
      'interception',
      { number: '3899', label: 'Services & <ville>' },
      { number: '0613456782', label: 'Astreinte' },
    ]
    const last = ((ownPart + i) & 0xffffff).toString(16).padStart(6, '0')
    return {
      number,
      kind: model.kind === 'ata' ? 'analog' : 'fixed',
      site: 'Rehearsal',
      name: `${firstNames[i % firstNames.length]} ${lastNames[Math.floor(i / firstNames.length) % lastNames.length]} ${i + 1}`,
      equipment: { model: model.id, mac: prefixOf(model) + last },
      ...(room === 0
        ? {}
        : {
            keys: {
              supervision,
              shortcuts: shortcuts.slice(0, Math.min(dialled, room - supervision.length)),
            },
          }),
    }
  })
  return {
    companies: [
      { name: 'Rehearsal', sip: { domain: 'sip.example.net' }, sites: [{ name: 'Rehearsal' }], lines },
    ],
  }
}

/** Numbers that France keeps for films and books. */
function numberOf(i: number): string {
  return `+33199${String(i).padStart(6, '0')}`
}
