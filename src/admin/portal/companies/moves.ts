import { companyChoice } from '../home/companies.ts'
import type { Act, Form, Page, Visit } from '../page.ts'
import { companyCrumbs, companyOfPage, companyPath } from './known.ts'
import { type Chosen, chosenLines, foundLines } from './moves-lines.ts'
import { lossesShown, type MoveAnswer, refusalsOf } from './moves-losses.ts'
import { planInWords } from './plan.ts'

/** Lines that go to another company: chosen first, then seen with all that is lost by it, then moved. */
const moves: Page = {
  path: '/companies/{company}/moves',
  action: 'line.move',
  async show(visit) {
    const { company } = await companyOfPage(visit)
    const chosen = await chosenLines(visit, company.name)
    const step = visit.form.one('step')
    const isPlanned = step === 'plan' || step === 'move'
    const planned =
      isPlanned && chosen.length > 0 && !isRefused(visit) ? await planOf(visit, chosen) : undefined
    return {
      view: planned ? 'companies/moves-plan' : 'companies/moves',
      title: visit.text('moves.title'),
      place: 'administration',
      data: {
        company: company.name,
        own: companyPath(company.name),
        crumbs: companyCrumbs(visit, company.name),
        chosen,
        to: visit.form.one('to'),
        site: visit.form.one('site'),
        ...(planned ?? (await choiceShown(visit, company, chosen))),
      },
    }
  },
}

/** A plan that is no longer the one that was seen is made anew; what the rules refuse is told instead. */
function isRefused({ fault }: Visit): boolean {
  return fault !== undefined && fault.code !== 'fleet-moved'
}

async function planOf(visit: Visit, chosen: readonly Chosen[]): Promise<object> {
  const { body, etag } = await visit.ask<MoveAnswer>('planMove', {
    params: { company: visit.params.company ?? '' },
    body: moveOf(visit.form),
  })
  return {
    agreed: etag,
    plan: { ...planInWords(visit, body.plan), changes: [], more: 0 },
    blocks: body.numberBlocks,
    ...(await lossesShown(visit, chosen, body)),
  }
}

async function choiceShown(
  visit: Visit,
  company: { readonly name: string; readonly numberBlocks?: readonly object[] | undefined },
  chosen: readonly Chosen[],
): Promise<object> {
  const { form, ask } = visit
  const { options } = await companyChoice(ask, undefined)
  const search = form.one('search')
  return {
    search,
    found: await foundLines(visit, company.name, search, chosen),
    others: options.filter(({ value }) => value !== company.name),
    numberBlocks: company.numberBlocks ?? [],
    refusals: refusalsOf(visit, movedLines(form), chosen),
  }
}

function movedLines(form: Form): readonly string[] {
  return [...new Set(form.all('line'))]
}

function moveOf(form: Form) {
  const site = form.one('site')
  return { lines: movedLines(form), to: form.one('to') ?? '', ...(site === undefined ? {} : { site }) }
}

const moveLines: Act = {
  path: moves.path,
  action: 'line.move',
  page: moves,
  async do(visit) {
    const { ask, form, params } = visit
    const { company = '' } = params
    const step = form.one('step') ?? ''
    if (step !== 'plan' && step !== 'move') return 'again'
    const body = moveOf(form)
    if (step === 'plan') {
      // Refusals are told beside what was chosen.
      await ask('planMove', { params: { company }, body })
      return 'again'
    }
    await ask('moveLines', { params: { company }, body, query: { agreed: form.one('agreed') } })
    return {
      to: companyPath(body.to),
      said: { text: 'moves.done', values: { count: body.lines.length, company: body.to } },
    }
  },
}

export const movePages: readonly Page[] = [moves]
export const moveActs: readonly Act[] = [moveLines]
