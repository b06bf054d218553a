import type { z } from 'zod'
import type { discoveredOf } from '../../routes/discovered.ts'
import type { lineOf } from '../../routes/lines-shown.ts'
import type { Listed } from '../listed.ts'

export type Line = z.output<typeof lineOf>

/** A page of lines, as `listLines` answers. */
export type Lines = Listed<Line & { readonly standing?: string }> & { readonly total?: number }

export type Discovered = z.output<typeof discoveredOf>
