import { type Action, mayAnywhere } from '../../../domain/permissions.ts'
import type { Page } from '../page.ts'

/** What is managed where; each is offered to whoever has any use for it. Its texts are `administration.` and its name. */
const tiles: readonly { readonly name: string; readonly icon: string; readonly action: Action }[] = [
  { name: 'people', icon: 'pickup', action: 'people.read' },
  { name: 'companies', icon: 'sites', action: 'company.settle' },
  { name: 'imports', icon: 'upload', action: 'import.write' },
  { name: 'audit', icon: 'clock', action: 'audit.read' },
  { name: 'tokens', icon: 'key', action: 'tokens.read' },
  { name: 'firmware', icon: 'download', action: 'firmware.read' },
  { name: 'certificates', icon: 'lock', action: 'certificates.read' },
  { name: 'guard', icon: 'warning', action: 'server.read' },
  { name: 'settings', icon: 'administration', action: 'server.read' },
]

/** Where "Gestion" begins. */
export const administration: Page = {
  path: '/administration',
  action: 'people.read',
  async show({ who, text }) {
    return {
      view: 'administration/start',
      title: text('menu.administration'),
      place: 'administration',
      data: {
        tiles: tiles
          .filter(({ action }) => mayAnywhere(who, action))
          .map(({ name, icon }) => ({
            ...{ icon, to: `/${name}` },
            title: text(`administration.${name}.title`),
            about: text(`administration.${name}.about`),
          })),
      },
    }
  },
}
