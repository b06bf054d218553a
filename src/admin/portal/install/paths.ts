import type { Visit } from '../page.ts'

const part = encodeURIComponent

export function sitePath(company: string, site: string): string {
  return `/companies/${part(company)}/sites/${part(site)}`
}

export function installPath(line: string): string {
  return `/lines/${part(line)}/install`
}

/** Installers have a menu entry for their work; others come to it from a site. */
export function installPlace({ who }: Pick<Visit, 'who'>): string {
  return who.role === 'installer' ? 'install' : 'sites'
}
