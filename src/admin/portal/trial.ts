import { faultOf } from './faults.ts'
import type { Fault, Visit } from './page.ts'

export type Trial<T> =
  | { readonly done: T; readonly fault?: undefined }
  | { readonly fault: Fault; readonly done?: undefined }

/** Tries an operation, for a page that shows why it is refused instead of being refused itself. */
export async function tried<T>(
  { locale }: Pick<Visit, 'locale'>,
  trial: () => Promise<T>,
): Promise<Trial<T>> {
  try {
    return { done: await trial() }
  } catch (error) {
    const { fault, told } = faultOf(error, '', locale)
    if (told.unexpected || fault.status === 403) throw error
    return { fault }
  }
}
