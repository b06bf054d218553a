/** What all pages do beside showing themselves; each of them works without it. */

// The server writes dates; where the reader's clock is, only the browser knows.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
if (zone) {
  const safe = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the store of cookies is not in every browser yet
  document.cookie = `bootline-zone=${encodeURIComponent(zone)}; Path=/; SameSite=Lax; Max-Age=31536000${safe}`
}

// One menu open at a time, and none once one looks elsewhere.
document.addEventListener('click', ({ target }) => {
  for (const open of document.querySelectorAll('details.account[open], details.more[open]')) {
    if (!open.contains(target)) open.open = false
  }
})
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  for (const open of document.querySelectorAll('details.account[open], details.more[open]')) {
    open.open = false
    open.querySelector('summary').focus()
  }
})

// Who sends a form twice means it once.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post' || form.hasAttribute('hx-post')) return
  if (form.dataset.sent) event.preventDefault()
  form.dataset.sent = 'yes'
  form.setAttribute('aria-busy', 'true')
})
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent
    form.removeAttribute('aria-busy')
  }
})

// Forms of filters send themselves; their button is for those without script.
document.addEventListener('change', ({ target }) => {
  const form = target.closest('form[data-at-once]')
  if (form) form.requestSubmit()
})

// A dialog opens from a link that leads to a page with the same form, for those without script.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog]')
  const dialog = opener && document.getElementById(opener.dataset.dialog)
  if (dialog) {
    event.preventDefault()
    dialog.showModal()
  }
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close()
})

// What is wrong is read first.
document.querySelector('.notice.bad[autofocus]')?.focus()

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => navigator.clipboard?.writeText(button.dataset.copy))
}
for (const button of document.querySelectorAll('[data-print]'))
  button.addEventListener('click', () => print())
