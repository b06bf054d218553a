import { lineKinds, portUses } from '../../domain/intent.ts'
import { plainWord } from './columns.ts'

const kindWords: Readonly<Record<string, readonly string[]>> = {
  fixed: ['fixe', 'poste', 'desk'],
  analog: ['analogique', 'analogue'],
  mobile: [],
  'fixed-for-mobile': ['fixe pour mobile', 'fixe de mobile'],
  'call-group': ["groupe d'appels", "groupement d'appels", 'groupe', 'hunt group', 'ring group'],
  'voice-menu': ['menu vocal', 'SVI', 'IVR', 'standard automatique', 'auto attendant'],
}

const useWords: Readonly<Record<string, readonly string[]>> = {
  fax: ['télécopie', 'télécopieur'],
  phone: ['téléphone', 'telephone'],
}

export const keyTypes = ['supervision', 'shortcut', 'interception', 'none'] as const
export type KeyType = (typeof keyTypes)[number]

const typeWords: Readonly<Record<KeyType, readonly string[]>> = {
  supervision: ['BLF', 'surveillance'],
  shortcut: ['raccourci', 'speed dial', 'numérotation rapide'],
  interception: ['pickup', 'group pickup'],
  none: ['aucune', 'aucun'],
}

const kinds = learn(lineKinds, kindWords)
const uses = learn(portUses, useWords)
const types = learn(keyTypes, typeWords)

/** The kind that a word in either language means; the word itself where it means none, to be named in the fault. */
export function kindMeant(word: string): string {
  return kinds.get(plainWord(word)) ?? word
}

export function useMeant(word: string): string {
  return uses.get(plainWord(word)) ?? word
}

export function keyTypeMeant(word: string): KeyType | undefined {
  return types.get(plainWord(word))
}

function learn<W extends string>(
  words: readonly W[],
  others: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, W> {
  return new Map(
    words.flatMap((word) => [word, ...(others[word] ?? [])].map((each) => [plainWord(each), word] as const)),
  )
}
