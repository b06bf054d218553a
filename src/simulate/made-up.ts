import type { Model } from '../domain/model.ts'
import { chanceOf } from './chance.ts'

/** So many devices of each model. */
export type Mix = ReadonlyMap<Model, number>

/** A fleet for a rehearsal: people who do not exist, with keys for each other, on devices nobody has. */
export interface MadeUpFleet {
  readonly companies: readonly MadeUpCompany[]
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
/** Most have fewer devices: phones that fetch the phone book of ten thousand people would try that, and little else. */
const largest = 250

/** `prefixOf` gives the first six digits of an address of the model's maker. */
export function madeUpFleet(mix: Mix, seed: number, prefixOf: (model: Model) => string): MadeUpFleet {
  const chance = chanceOf(seed)
  const devices = [...mix].flatMap(([model, count]) => Array.from({ length: count }, () => model))
  const companies = Math.max(1, Math.ceil(devices.length / largest))
  const ownPart = Math.floor(chance.next() * 0xffffff)
  // Dealt out like cards, so that each company has some of every model.
  const people = devices.map((model, i): Person => {
    const last = ((ownPart + i) & 0xffffff).toString(16).padStart(6, '0')
    return { model, i, number: numberOf(i), mac: prefixOf(model) + last }
  })
  return {
    companies: Array.from({ length: companies }, (_, own) => ({
      name: companies === 1 ? 'Rehearsal' : `Rehearsal ${own + 1}`,
      sip: { domain: 'sip.example.net' },
      sites: [{ name: 'Rehearsal' }],
      lines: linesOf(people.filter(({ i }) => i % companies === own)),
    })),
  }
}

interface Person {
  readonly model: Model
  readonly i: number
  readonly number: string
  readonly mac: string
}

function linesOf(people: readonly Person[]): readonly object[] {
  const phones = people.filter(({ model }) => model.kind !== 'ata').map(({ number }) => number)
  return people.map(({ model, i, number, mac }, place) => {
    const room = Math.max(0, (model.keys ?? 0) - 1)
    const others = Array.from(
      { length: watched },
      (_, step) => phones[(place + step + 1) % phones.length] ?? number,
    )
    const supervision = [...new Set(others)].filter((other) => other !== number).slice(0, room)
    const shortcuts = [
      'interception',
      { number: '3899', label: 'Services & <ville>' },
      { number: '0613456782', label: 'Astreinte' },
    ]
    return {
      number,
      kind: model.kind === 'ata' ? 'analog' : 'fixed',
      site: 'Rehearsal',
      name: `${firstNames[i % firstNames.length]} ${lastNames[Math.floor(i / firstNames.length) % lastNames.length]} ${i + 1}`,
      equipment: { model: model.id, mac },
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
}

/** Numbers that France keeps for films and books. */
function numberOf(i: number): string {
  return `+33199${String(i).padStart(6, '0')}`
}
