import { type ProblemDocument, type ToldFailure, tell } from '../http/failure.ts'
import type { Fault } from './page.ts'
import { faults } from './texts/faults.ts'
import type { Locale } from './texts/written.ts'

export interface ToldFault {
  readonly fault: Fault
  readonly told: ToldFailure
}

/**
 * What went wrong, in the reader's language. The other rooms tell it in English, with the very value that is wrong;
 * in French it is told by the fault's stable code.
 */
export function faultOf(error: unknown, requestId: string, locale: Locale): ToldFault {
  const told = tell(error, requestId)
  return { fault: spoken(told.document, locale), told }
}

export function spoken(document: ProblemDocument, locale: Locale): Fault {
  const { status, code, detail, remedy, problems = [], ...more } = document
  return {
    code,
    status,
    ...inWords(locale, { code, wrong: detail, right: remedy }),
    problems: problems.map(({ code, path, wrong, right }) => ({
      code,
      path,
      ...inWords(locale, { code, wrong, right }),
    })),
    more,
  }
}

export function inWords(
  locale: Locale,
  { code, wrong, right }: { readonly code: string; readonly wrong: string; readonly right: string },
): { readonly wrong: string; readonly right: string } {
  const own = faults[locale][code]
  if (!own) return { wrong: sentence(wrong), right: sentence(right) }
  return { wrong: own[0], right: own[1] }
}

function sentence(said: string): string {
  return said.charAt(0).toUpperCase() + said.slice(1)
}
