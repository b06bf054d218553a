import type { ShownCompany } from '../../routes/companies-shown.ts'
import { administrationCrumbs, type Crumb } from '../crumbs.ts'
import type { Visit } from '../page.ts'

export interface KnownCompany {
  readonly company: ShownCompany & { readonly deletion?: string }
  readonly etag: string
}

export async function companyOfPage({ ask, params }: Pick<Visit, 'ask' | 'params'>): Promise<KnownCompany> {
  const { company = '' } = params
  const { body, etag } = await ask<KnownCompany['company']>('readCompany', { params: { company } })
  return { company: body, etag }
}

export function companyPath(company: string, page = ''): string {
  return `/companies/${encodeURIComponent(company)}${page}`
}

/** The way to a page about companies; below one of them, where it is said which. */
export function companyCrumbs({ text }: Pick<Visit, 'text'>, company?: string): readonly Crumb[] {
  return administrationCrumbs(
    { text },
    { to: '/companies', label: text('companies.title') },
    ...(company === undefined ? [] : [{ to: companyPath(company), label: company }]),
  )
}
