import type { z } from 'zod'
import type { discoveredOf } from '../../routes/discovered.ts'
import type { lineOf } from '../../routes/lines-shown.ts'

export type Line = z.output<typeof lineOf>

/** A page of lines, as `listLines` answers. */
export interface Lines {
  readonly items: readonly (Line & { readonly standing?: string })[]
  readonly total?: number
  readonly next?: string
}

/** A model, as far as linking one asks for it. */
export interface Model {
  readonly id: string
  readonly maker: string
  readonly label: string
  readonly kind: 'phone' | 'conference' | 'dect-base' | 'ata'
  readonly ports: number
}

export type Discovered = z.output<typeof discoveredOf>
