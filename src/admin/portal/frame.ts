import type { Assets } from './assets.ts'
import { menuFor } from './navigation.ts'
import type { View, Visit } from './page.ts'
import type { Render } from './views.ts'

/** Puts a view into the page that all have in common. */
export function createFrame(
  render: Render,
  assets: Assets,
  now: () => number,
): (visit: Visit, view: View, said: string | undefined) => string {
  return (visit, { view, title, place, data, frame = 'whole' }, said) => {
    const { who, locale, zone, csrf, fault, form, path, query } = visit
    const surroundings = {
      locale,
      zone,
      now: now(),
      csrf,
      who,
      path,
      query,
      fault,
      typed: form.fields,
      asset: assets.addresses,
    }
    const main = render(view, data, surroundings)
    const menu = menuFor(who, place)
    return render(`frame/${frame}`, { title, main, menu, said }, surroundings)
  }
}
