import type { Visit } from '../page.ts'

/** Installers have a menu entry for their work; others come to it from a site. */
export function installPlace({ who }: Pick<Visit, 'who'>): string {
  return who.role === 'installer' ? 'install' : 'sites'
}
