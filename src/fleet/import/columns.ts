import { nearest } from '../../domain/nearest.ts'

export const lineFields = [
  'company',
  'number',
  'kind',
  'site',
  'firstName',
  'lastName',
  'name',
  'email',
  'shortNumber',
  'sipUser',
  'sipPassword',
  'model',
  'mac',
  'port',
  'use',
  'expansion',
  'internetAccess',
] as const
export const keyFields = ['company', 'line', 'position', 'type', 'number', 'label'] as const

export type LineField = (typeof lineFields)[number]
export type KeyField = (typeof keyFields)[number]
export type Field = LineField | KeyField

/** What a table is about: one row a line, or one row a key. */
export const tableKinds = ['lines', 'keys'] as const
export type TableKind = (typeof tableKinds)[number]

export const fieldsOf: Readonly<Record<TableKind, readonly Field[]>> = { lines: lineFields, keys: keyFields }

/** What sheets are called. */
export const sheetNames: Readonly<Record<TableKind, { readonly fr: string; readonly en: string }>> = {
  lines: { fr: 'Lignes', en: 'Lines' },
  keys: { fr: 'Touches', en: 'Keys' },
}

interface Title {
  readonly fr: string
  readonly en: string
  /** Other ways to call it that are met; those with underscores are of what FusionPBX exports. */
  readonly also: readonly string[]
}

/** Titles of the columns; case, accents, blanks and signs do not count. */
export const titles: Readonly<Record<Field, Title>> = {
  company: { fr: 'Société', en: 'Company', also: ['entreprise', 'client', 'customer', 'groupe'] },
  number: {
    fr: 'Numéro',
    en: 'Number',
    also: ['téléphone', 'phone', 'phone number', 'numéro de téléphone', 'SDA', 'DID'],
  },
  kind: { fr: 'Nature', en: 'Kind', also: ['genre', 'type', 'type de ligne', 'line type', 'line kind'] },
  site: { fr: 'Site', en: 'Site', also: ['lieu', 'location', 'agence'] },
  firstName: { fr: 'Prénom', en: 'First name', also: ['given name'] },
  lastName: {
    fr: 'Nom',
    en: 'Last name',
    also: ['nom de famille', 'surname', 'family name', 'display_name'],
  },
  name: { fr: 'Libellé', en: 'Name', also: ['nom de la ligne', 'line name', 'intitulé'] },
  email: { fr: 'E-mail', en: 'E-mail', also: ['courriel', 'mail', 'adresse e-mail', 'e-mail address'] },
  shortNumber: {
    fr: 'Numéro court',
    en: 'Short number',
    also: ['numéro privé', 'extension', 'poste', 'interne', 'private number'],
  },
  sipUser: {
    fr: 'Compte SIP',
    en: 'SIP user',
    also: ['identifiant SIP', 'utilisateur SIP', 'SIP account', 'SIP login', 'user_id'],
  },
  sipPassword: { fr: 'Mot de passe SIP', en: 'SIP password', also: ['mot de passe', 'password'] },
  model: {
    fr: 'Modèle',
    en: 'Model',
    also: ['équipement', 'equipment', 'device', 'terminal', 'device_template'],
  },
  mac: { fr: 'MAC', en: 'MAC', also: ['adresse MAC', 'MAC address', 'device_mac_address', 'device_address'] },
  port: { fr: 'Port', en: 'Port', also: ['combiné', 'handset'] },
  use: { fr: 'Usage', en: 'Use', also: ['utilisation'] },
  expansion: {
    fr: 'Modules',
    en: 'Modules',
    also: ['extensions', 'expansion', 'module', 'expansion modules'],
  },
  internetAccess: {
    fr: 'Accès internet',
    en: 'Internet access',
    also: ['internet', 'lien internet', 'internet line'],
  },
  line: { fr: 'Ligne', en: 'Line', also: ['numéro de ligne', 'line number', 'poste'] },
  position: { fr: 'Position', en: 'Position', also: ['touche', 'key', 'rang', 'ordre', 'order'] },
  type: { fr: 'Type', en: 'Type', also: ['type de touche', 'key type', 'nature'] },
  label: { fr: 'Libellé', en: 'Label', also: ['étiquette', 'nom', 'name'] },
}

/** Which field a column is, in a table of this kind. */
export function fieldOf(kind: TableKind, title: string): Field | undefined {
  const plain = plainWord(title)
  return namesIn[kind].get(plain)
}

/** The title that was likely meant. */
export function likeTitle(kind: TableKind, title: string): string | undefined {
  const known = fieldsOf[kind].flatMap((field) => [titles[field].fr, titles[field].en])
  return nearest(title, known)
}

/** A word as it is compared. */
export function plainWord(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

const namesIn: Readonly<Record<TableKind, ReadonlyMap<string, Field>>> = {
  lines: namesOf('lines'),
  keys: namesOf('keys'),
}

/** A field's own titles win over another's other names. */
function namesOf(kind: TableKind): ReadonlyMap<string, Field> {
  const names = new Map<string, Field>()
  const learn = (name: string, field: Field) => {
    const plain = plainWord(name)
    if (!names.has(plain)) names.set(plain, field)
  }
  for (const field of fieldsOf[kind])
    for (const name of [field, titles[field].fr, titles[field].en]) learn(name, field)
  for (const field of fieldsOf[kind]) for (const name of titles[field].also) learn(name, field)
  return names
}
