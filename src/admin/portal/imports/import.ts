import { maxImportBytes } from '../../../fleet/import/sheet.ts'
import { administrationCrumbs } from '../crumbs.ts'
import { inWords } from '../faults.ts'
import { companyChoice } from '../home/companies.ts'
import type { Act, Form, Page, Visit } from '../page.ts'
import { tried } from '../trial.ts'
import { fileOf, keptTables, type ReadTable } from './file.ts'
import { countsOf, type Imported, rowsShown } from './rows.ts'

/** What is sent back with corrections is longer than the file: signs are escaped on the way. */
const bodyLimit = 3 * maxImportBytes

/** A file is chosen, seen row by row with what would become of each, corrected, and only then brought in. */
const importPage: Page = {
  path: '/imports',
  action: 'import.write',
  async show(visit) {
    const { form, text, query } = visit
    const isSent = form.fields._csrf !== undefined && visit.fault === undefined
    const trial = isSent ? await tried(visit, () => dryRun(visit)) : undefined
    const crumbs = administrationCrumbs({ text })
    const asked = optionsOf(form)
    if (trial?.done) {
      const data = { crumbs, ...asked, ...checked(visit, trial.done) }
      return { view: 'imports/check', title: text('imports.check'), place: 'administration', data }
    }
    const { options } = await companyChoice(visit.ask, undefined)
    return {
      view: 'imports/start',
      title: text('imports.title'),
      place: 'administration',
      data: {
        crumbs,
        fault: trial?.fault ?? visit.fault,
        companies: options,
        company: asked.company ?? query.company,
        kind: asked.kind,
      },
    }
  },
}

type Checked = Imported & { readonly tables: readonly ReadTable[] }

async function dryRun({ ask, form }: Visit): Promise<Checked> {
  const query = { ...optionsOf(form), dryRun: true, cells: true }
  const { body } = await ask<Checked>('importSheet', { query, body: await fileOf(form) })
  return body
}

function optionsOf(form: Form): { readonly kind?: string; readonly company?: string } {
  const { kind, company } = form.fields
  return { ...(kind ? { kind } : {}), ...(company ? { company } : {}) }
}

function checked(visit: Visit, { tables, rows, problems, refused }: Checked): object {
  const restarts = (when: string) => rows.filter(({ device }) => device === when).length
  const fitting = rows.filter(({ result }) => result === 'created' || result === 'changed').length
  return {
    tables: keptTables(tables),
    total: rows.length,
    counts: countsOf(rows),
    refused,
    fitting,
    reboots: restarts('reboot'),
    later: restarts('quiet-hours'),
    problems: problems.map((problem) => ({ ...problem, ...inWords(visit.locale, problem) })),
    ...rowsShown(visit, tables, rows),
  }
}

const bringIn: Act = {
  path: '/imports',
  action: 'import.write',
  page: importPage,
  bodyLimit,
  async do({ ask, form }) {
    const step = form.one('step')
    if (step !== 'do' && step !== 'skip') return 'again'
    const query = { ...optionsOf(form), skipBadRows: step === 'skip' }
    const { body } = await ask<{ id: number }>('startImport', { query, body: await fileOf(form) })
    return { to: `/imports/${body.id}` }
  },
}

export const importPages: readonly Page[] = [importPage]
export const importActs: readonly Act[] = [bringIn]
