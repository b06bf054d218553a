import { z } from 'zod'
import type { Company, Line } from '../../domain/intent.ts'
import { keyUnits } from '../../domain/key-face.ts'
import type { Model } from '../../domain/model.ts'
import { defined } from '../../fleet/kept.ts'
import type { Services } from '../services.ts'

const numbers = z.array(z.int())

/** What somebody sees who stands in front of the phone, for drawings. */
export const unitsOf = z
  .array(
    z.object({
      module: z.int().describe('0 is the phone itself'),
      name: z.string().optional().describe('Of the module'),
      pages: z.array(
        z.object({
          kind: z.enum(['screen', 'memory']),
          left: numbers.describe('Keys from the top, as `layout` counts them'),
          right: numbers,
        }),
      ),
      turns: z.boolean().describe('The last button beside the screen turns the page'),
      paper: z.boolean().describe('Its labels are strips of paper'),
    }),
  )
  .describe('How the keys lie on the phone and its modules')

export const takingOf = z
  .enum(['restart', 'live', 'by-itself'])
  .describe('How the phone takes new keys; by-itself: nobody can tell it, it asks some time')

export function shownUnits({ equipment }: Line, model: Model | undefined): z.output<typeof unitsOf> {
  if (!model) return []
  return keyUnits(model, equipment?.expansion ?? []).map(({ name, pages, ...unit }) => ({
    ...unit,
    ...defined({ name }),
    pages: pages.map(({ kind, left, right }) => ({ kind, left: [...left], right: [...right] })),
  }))
}

/** Some devices look for new files only by starting again. */
export function takingBy(model: Model, drivers: Services['drivers']): z.output<typeof takingOf> {
  const wake = drivers.find(({ models }) => models.includes(model))?.wake(model)
  if (!wake) return 'by-itself'
  return wake.resync === wake.reboot ? 'restart' : 'live'
}

export function groupOf({ site, number }: Line, { sites }: Company): string | undefined {
  const groups = sites.find(({ name }) => name === site)?.pickupGroups ?? []
  return groups.find(({ members }) => members.includes(number))?.name
}
