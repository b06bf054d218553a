export const locales = ['fr', 'en'] as const
export type Locale = (typeof locales)[number]

/** One text; one that counts has a form for one and one for several, chosen by `count`. */
export type Text = string | { readonly one: string; readonly other: string }

/** The texts of an area of the portal: the same keys in both languages, which the types see to. */
export interface Texts<Key extends string> {
  readonly fr: Readonly<Record<Key, Text>>
  readonly en: Readonly<Record<NoInfer<Key>, Text>>
}

export function texts<Key extends string>(both: Texts<Key>): Texts<Key> {
  return both
}

/** A fault: what is wrong, and what would be right. */
export type Told = readonly [wrong: string, right: string]
