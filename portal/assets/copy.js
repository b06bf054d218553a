/** Copies a field at a touch. The old way, as browsers keep the new one from pages that came without HTTPS. */
for (const button of document.querySelectorAll('[data-copy-field]')) {
  const field = document.getElementById(button.dataset.copyField)
  button.hidden = false
  button.addEventListener('click', () => {
    field.select()
    if (!document.execCommand('copy')) return
    button.querySelector('span').textContent = button.dataset.copied
    button.setAttribute('aria-live', 'polite')
  })
}
