import type { Line } from '../../domain/intent.ts'
import type { ModelLookup } from '../../domain/model.ts'
import { fault, type Problem } from '../../domain/problem.ts'
import { defined } from '../kept.ts'
import { type Field, plainWord } from './columns.ts'
import { spoiltNumber } from './numbers.ts'
import { type Placed, said, shown } from './table.ts'
import { kindMeant, useMeant } from './words.ts'

export type Blame = (field: Field, problem: Problem) => void

/** What a row says of a line, in the form of a fleet file; what it leaves open of a line that is there, stays. */
export function lineOfRow(
  placed: Placed,
  number: string,
  stored: Line | undefined,
  models: ModelLookup,
  blame: Blame,
): object {
  const text = (field: Field) => said(placed, field, blame)
  const kind = text('kind')
  const short = text('shortNumber')
  return {
    number,
    ...defined({
      kind: kind ? kindMeant(kind) : stored?.kind,
      site: text('site') ?? stored?.site,
      firstName: text('firstName'),
      lastName: text('lastName'),
      name: text('name'),
      email: text('email'),
      shortNumber: short,
      internetAccess: text('internetAccess'),
      sip: group({ user: text('sipUser'), password: text('sipPassword') }),
      equipment: equipmentOf(placed, stored, models, blame),
    }),
  }
}

function equipmentOf(
  placed: Placed,
  stored: Line | undefined,
  models: ModelLookup,
  blame: Blame,
): object | null | undefined {
  const text = (field: Field) => said(placed, field, blame)
  const written = text('model')
  if (written === null) return null
  const model = written && modelMeant(written, models)
  const use = text('use')
  const rest = group({
    mac: text('mac'),
    port: wholeNumber(text('port'), 'port', blame),
    use: use ? useMeant(use) : use,
    expansion: text('expansion')
      ?.split(/[\s,;|]+/)
      .filter((id) => id !== ''),
  })
  if (model === undefined && rest === undefined) return undefined
  return { ...defined({ model: model ?? stored?.equipment?.model }), ...rest }
}

/** A model by its id in any writing, as `Polycom VVX450`; what means none stays as it is, to be named in the fault. */
function modelMeant(text: string, models: ModelLookup): string {
  if (models.find(text)) return text
  return models.similar(text).find((id) => plainWord(id) === plainWord(text)) ?? text
}

/** A group of fields, or nothing where none of them is said. */
function group(fields: object): object | undefined {
  const kept = defined(fields)
  return Object.keys(kept).length === 0 ? undefined : kept
}

export function wholeNumber(
  text: string | null | undefined,
  field: Field,
  blame: Blame,
): number | null | undefined {
  if (text == null || /^\d{1,6}$/.test(text)) return text == null ? text : Number(text)
  blame(field, fault('wrong-type', '', `"${shown(text)}" is no whole number`, 'write it in digits'))
  return undefined
}

/** A number as it is written; one that the spreadsheet spoilt is blamed, for it would mean another. */
export function numberSaid(placed: Placed, field: Field, blame: Blame): string | undefined {
  const text = said(placed, field, blame) ?? undefined
  const spoilt = text === undefined ? undefined : spoiltNumber(text)
  if (!spoilt) return text
  blame(field, spoilt)
  return undefined
}
