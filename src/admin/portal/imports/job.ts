import { administrationCrumbs } from '../crumbs.ts'
import { inWords } from '../faults.ts'
import type { Page, Visit } from '../page.ts'
import { countsOf, type Imported } from './rows.ts'

interface Job {
  readonly id: number
  readonly state: 'reading' | 'checking' | 'writing' | 'done' | 'failed'
  readonly rows?: number
  readonly written?: number
  readonly beganAt: string
  readonly result?: Imported
  readonly failure?: {
    readonly code: string
    readonly detail: string
    readonly remedy: string
    readonly problems?: readonly {
      readonly code: string
      readonly path: string
      readonly wrong: string
      readonly right: string
    }[]
  }
}

/** How far an import is, and what came of it. */
export const importJob: Page = {
  path: '/imports/{import}',
  action: 'import.write',
  async show({ ask, params, text, locale, path }) {
    const { body: job } = await ask<Job>('readImport', { params: { import: params.import ?? '' } })
    const { failure, result } = job
    return {
      view: 'imports/job',
      title: text('imports.title'),
      place: 'administration',
      data: {
        ...job,
        path,
        crumbs: administrationCrumbs({ text }, { to: '/imports', label: text('imports.title') }),
        isOver: job.state === 'done' || job.state === 'failed',
        counts: result ? countsOf(result.rows) : [],
        failure: failure && {
          ...inWords(locale, { code: failure.code, wrong: failure.detail, right: failure.remedy }),
          problems: (failure.problems ?? []).map((problem) => ({
            ...inWords(locale, problem),
            place: placeOf(problem.path, text),
          })),
        },
      },
    }
  },
}

/** `lines row 3, column C (Site)`: the row and the title are what people find in their file. */
function placeOf(path: string, text: Visit['text']): string {
  const [, row, column, title] = /row (\d+)(?:, column (\w+)(?: \((.*)\))?)?$/.exec(path) ?? []
  if (row === undefined) return path
  const named = title ?? column
  return [text('imports.row', { row }), ...(named === undefined ? [] : [named])].join(', ')
}
