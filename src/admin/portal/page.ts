import type { Action } from '../../domain/permissions.ts'
import type { Principal } from '../principal.ts'
import type { Ask } from './ask.ts'
import type { Values } from './text.ts'
import type { Locale } from './texts/written.ts'

/** One page as data: where it is, who has any use for it, and what is on it. */
export interface Page {
  /** With parameters in braces: `/lines/{line}`. */
  readonly path: string
  /** Whom it is offered to; what is read on it is checked by the operations it asks. Absent: everybody signed in. */
  readonly action?: Action
  show(visit: Visit): Promise<View | Elsewhere>
}

/** Where somebody belongs who has no use for the page he asked for. */
export interface Elsewhere {
  /** An address of this server. */
  readonly to: string
}

/** What a form does: an operation or several, and where one finds oneself afterwards. */
export interface Act {
  readonly path: string
  readonly action?: Action
  /** Shown again, with what was typed and what is wrong with it, when it cannot be done. */
  readonly page: Page
  /** Bodies up to so many bytes, for forms with files. */
  readonly bodyLimit?: number
  /**
   * `again`: the page is shown once more with what was typed, of a form that is built up step by step. A view: what
   * there is to see this one time, such as the text of a token.
   */
  do(visit: Visit): Promise<Done | View | 'again'>
}

/** What is on a page: the name of its view below portal/views, and what the view names. */
export interface View {
  readonly view: string
  /** Of the window; already in the reader's language. */
  readonly title: string
  /** Which entry of the navigation it belongs to. */
  readonly place: string
  readonly data: object
  /** `bare`: pages for printing, without navigation. `door`: before somebody has come in. */
  readonly frame?: 'whole' | 'bare' | 'door'
}

export interface Done {
  /** An address of this server. */
  readonly to: string
  /** Said once on the page that comes next: a key of the texts, and what it names. */
  readonly said?: { readonly text: string; readonly values?: Values }
}

/** Somebody looks at a page, or sends a form of it. */
export interface Visit {
  readonly who: Principal
  readonly locale: Locale
  /** The reader's time zone, where it is known. */
  readonly zone: string | undefined
  /** The path of the page without its query, as it was asked. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** What was typed; empty on a page that is only looked at. */
  readonly form: Form
  readonly csrf: string
  readonly ask: Ask
  readonly text: (key: string, values?: Values) => string
  /** Why the form that was sent could not be taken. */
  readonly fault?: Fault
}

/** The fields of a form, by name; what comes several times has several values. */
export interface Form {
  one(name: string): string | undefined
  all(name: string): readonly string[]
  file(name: string): Buffer | undefined
  readonly fields: Readonly<Record<string, string>>
}

/** What is wrong with a form, in the reader's language. */
export interface Fault {
  readonly code: string
  readonly status: number
  readonly wrong: string
  readonly right: string
  /** By the field it is about, as the operation names it: `keys.supervision[2]`. */
  readonly problems: readonly {
    readonly code: string
    readonly path: string
    readonly wrong: string
    readonly right: string
  }[]
  /** What the operation said besides. */
  readonly more: Readonly<Record<string, unknown>>
}
