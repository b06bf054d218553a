import type { Act, Page } from '../page.ts'

export const password: Page = {
  path: '/account/password',
  async show({ text }) {
    return {
      view: 'account/password',
      title: text('account.change-password'),
      place: '',
      data: { crumbs: [{ to: '/account', label: text('account.title') }] },
    }
  },
}

export const changePassword: Act = {
  path: '/account/password',
  page: password,
  async do({ ask, form }) {
    const body = { current: form.one('current') ?? '', password: form.one('password') ?? '' }
    await ask('setPassword', { body })
    return { to: '/account', said: { text: 'account.password-changed' } }
  },
}
