/** A password can be looked at while it is typed. Without this it is typed unseen, as ever. */
for (const button of document.querySelectorAll('[data-show]')) {
  const field = document.getElementById(button.dataset.show)
  button.hidden = false
  button.addEventListener('click', () => {
    const isShown = field.type === 'password'
    field.type = isShown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(isShown))
    field.focus()
  })
  // What is sent is kept by no browser as something that was typed in the open.
  field.form.addEventListener('submit', () => {
    field.type = 'password'
  })
}
