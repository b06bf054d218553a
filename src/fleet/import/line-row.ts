import type { Line } from '../../domain/intent.ts'
import { fault, type Problem } from '../../domain/problem.ts'
import { defined } from '../kept.ts'
import type { Field } from './columns.ts'
import { spoiltNumber } from './numbers.ts'
import { type Placed, said, shown } from './table.ts'
import { kindMeant, useMeant } from './words.ts'

export type Blame = (field: Field, problem: Problem) => void

/** What a row says of a line, in the form of a fleet file; what it leaves open of a line that is there, stays. */
export function lineOfRow(placed: Placed, number: string, stored: Line | undefined, blame: Blame): object {
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
      sip: group({ user: text('sipUser'), password: text('sipPassword') }),
      equipment: equipmentOf(placed, stored, blame),
    }),
  }
}

function equipmentOf(placed: Placed, stored: Line | undefined, blame: Blame): object | null | undefined {
  const text = (field: Field) => said(placed, field, blame)
  const model = text('model')
  if (model === null) return null
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
