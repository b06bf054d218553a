import { localPath } from '../../people/form.ts'
import { home } from '../home/home.ts'
import type { Act } from '../page.ts'

/** From the menu of every page: the same page, in the other language from now on. */
export const changeLanguage: Act = {
  path: '/language',
  page: home,
  async do({ ask, form }) {
    await ask('changeMe', { body: { locale: form.one('locale') } })
    return { to: localPath(form.one('to')) || '/' }
  },
}
