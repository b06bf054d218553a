import type { LinkKind } from '../../store/tables-people.ts'

/** What is wrong, as a page tells it. */
export interface ShownFault {
  readonly wrong: string
  readonly right: string
}

interface Shown {
  readonly fault?: ShownFault
  /** Where to go afterwards. */
  readonly next: string
}

/** The pages of the door. Forms go to the address that their page has, but for those that say another. */
export interface SignInPages {
  /** Posts `email`, `password`, `next` to /sign-in. */
  signIn(shown: Shown & { readonly provider: boolean }): string
  /** Posts `code`, `next`, `_csrf` to /sign-in/code. */
  code(shown: Shown & { readonly csrf: string }): string
  /** Posts `password`, of the first person `email` too, to its own address. */
  link(shown: Shown & { readonly kind: LinkKind; readonly email: string; readonly provider: boolean }): string
  /** A link that is dead, a provider that refused. */
  sorry(fault: ShownFault): string
}

/** Plain ones, which need nothing else. */
export const plainPages: SignInPages = {
  signIn: ({ fault, next, provider }) =>
    page('Sign in', [
      said(fault),
      form('/sign-in', [
        hidden('next', next),
        input('email', 'E-mail', 'type="email" autocomplete="username" required autofocus'),
        input('password', 'Password', 'type="password" autocomplete="current-password" required'),
        button('Sign in'),
      ]),
      provider ? throughProvider(next) : '',
    ]),
  code: ({ fault, next, csrf }) =>
    page('One more code', [
      said(fault),
      form('/sign-in/code', [
        hidden('next', next),
        hidden('_csrf', csrf),
        input(
          'code',
          'Code of your app, or a recovery code',
          'autocomplete="one-time-code" required autofocus',
        ),
        button('Go on'),
      ]),
    ]),
  link: ({ fault, next, kind, email, provider }) =>
    page(kind === 'reset' ? 'A new password' : 'Welcome to Bootline', [
      said(fault),
      form('', [
        hidden('next', next),
        kind === 'first'
          ? input('email', 'Your e-mail address', 'type="email" autocomplete="username" required') +
            input('name', 'Your name', 'autocomplete="name" required')
          : `<p>${escaped(email)}</p>`,
        input('password', 'A password of 12 characters or more', passwordField),
        button('Set the password and sign in'),
      ]),
      provider && kind === 'invitation' ? throughProvider(next) : '',
    ]),
  sorry: (fault) => page('This did not work', [said(fault)]),
}

const passwordField = 'type="password" autocomplete="new-password" minlength="12" required'

function page(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · Bootline</title>
</head>
<body>
<main>
<h1>${title}</h1>
${parts.filter(Boolean).join('\n')}
</main>
</body>
</html>
`
}

function said(fault: ShownFault | undefined): string {
  return fault ? `<p role="alert">${escaped(fault.wrong)}: ${escaped(fault.right)}.</p>` : ''
}

function form(action: string, parts: readonly string[]): string {
  return `<form method="post"${action ? ` action="${action}"` : ''}>\n${parts.join('\n')}\n</form>`
}

function input(name: string, label: string, attributes: string): string {
  return `<p><label>${label}<br><input name="${name}" ${attributes}></label></p>`
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escaped(value)}">`
}

function button(label: string): string {
  return `<p><button>${label}</button></p>`
}

function throughProvider(next: string): string {
  return `<p><a href="/sign-in/oidc?next=${encodeURIComponent(next)}">Sign in through your organisation</a></p>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
