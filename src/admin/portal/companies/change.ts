import { judge } from '../../../domain/permissions.ts'
import type { ShownPlan } from '../../routes/fleet-plan.ts'
import type { Act, Form, Page, Visit } from '../page.ts'
import { tried } from '../trial.ts'
import { choicesOf } from './choices.ts'
import { changedSince } from './difference.ts'
import { companyCrumbs, companyOfPage, companyPath, type KnownCompany } from './known.ts'
import { scopesShown } from './parameters.ts'
import { isWeighty, markOf, planInWords } from './plan.ts'
import { flatFields, type Section, sections } from './sections.ts'

/** Fields that steer the form and are no setting. */
const steering = new Set(['_csrf', 'step', 'seen', 'add'])

/** Blank rows at the end of a list that grows. */
const spare = 2

/** One page for each section: first the form, then what it would do to phones where it does something to them. */
export const changePages: readonly Page[] = sections.map((section) => ({
  path: `/companies/{company}/change/${section.name}`,
  action: section.action,
  async show(visit) {
    const known = await companyOfPage(visit)
    const plan = await planTried(visit, section, known)
    const path = companyPath(known.company.name)
    return {
      view: plan ? 'companies/weigh' : 'companies/change',
      title: visit.text(`companies.section.${section.name}`),
      place: 'administration',
      data: {
        section: section.name,
        form: `companies/form-${section.name}`,
        company: known.company.name,
        own: path,
        action: `${path}/change/${section.name}`,
        crumbs: companyCrumbs(visit, known.company.name),
        ...(plan
          ? { plan: planInWords(visit, plan), seen: markOf(plan), sent: settingsSent(visit.form) }
          : await formOf(visit, section, known)),
      },
    }
  },
}))

/** Nothing is tried of a form that was not sent, was refused, or is to be gone over again. */
async function planTried(visit: Visit, section: Section, { company }: KnownCompany) {
  const { form, fault } = visit
  if (!isSent(form) || fault || form.one('step') !== undefined) return undefined
  const change = changeOf(section, company.name, form)
  const { done } = await tried(visit, () =>
    visit.ask<{ plan: ShownPlan }>(section.operation, { ...change, query: { dryRun: true } }),
  )
  return done?.body.plan
}

function isSent({ fields }: Form): boolean {
  return fields._csrf !== undefined
}

function settingsSent({ fields }: Form): readonly object[] {
  return Object.entries(fields)
    .filter(([name]) => !steering.has(name))
    .map(([name, value]) => ({ name, value }))
}

function changeOf(section: Section, company: string, form: Form) {
  return { params: { company }, body: section.given(form), ifMatch: form.one('etag') }
}

async function formOf(visit: Visit, section: Section, { company, etag }: KnownCompany): Promise<object> {
  const { form } = visit
  const sent = isSent(form)
  return {
    etag: visit.fault || !sent ? etag : form.one('etag'),
    // What was emptied stays empty until it is saved or left.
    values: sent ? form.fields : flatFields(company),
    difference: changedSince(visit),
    ...(await choicesOf(visit)),
    ...(section.name === 'blocks' ? { blocks: blockRows(form, company) } : {}),
    ...(section.name === 'parameters' ? await scopesShown(visit, company) : {}),
  }
}

function blockRows(form: Form, { numberBlocks = [] }: KnownCompany['company']): readonly object[] {
  const sent = Object.keys(form.fields).filter((name) => /^from\.\d+$/.test(name)).length
  const count = (isSent(form) ? sent : numberBlocks.length) + spare
  return Array.from({ length: count }, (_, i) => ({
    from: form.one(`from.${i}`) ?? (isSent(form) ? undefined : numberBlocks[i]?.from),
    to: form.one(`to.${i}`) ?? (isSent(form) ? undefined : numberBlocks[i]?.to),
    path: `numberBlocks[${i}]`,
  }))
}

export const changeActs: readonly Act[] = sections.flatMap((section, i) => {
  const page = changePages[i]
  return page ? [actOf(section, page)] : []
})

function actOf(section: Section, page: Page): Act {
  return {
    path: page.path,
    action: section.action,
    page,
    async do({ ask, form, params: { company = '' } }) {
      if (form.one('step') !== undefined) return 'again'
      const change = changeOf(section, company, form)
      const { body } = await ask<{ plan: ShownPlan }>(section.operation, {
        ...change,
        query: { dryRun: true },
      })
      if (isWeighty(body.plan) && form.one('seen') !== markOf(body.plan)) return 'again'
      await ask(section.operation, change)
      return { to: companyPath(company), said: { text: 'companies.saved' } }
    },
  }
}

/** Sections somebody may change. */
export function sectionsFor({ who }: Pick<Visit, 'who'>, company: string): readonly Section[] {
  return sections.filter(({ action }) => judge(who, action, { company }) === 'may')
}
