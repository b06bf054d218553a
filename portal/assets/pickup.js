/** Finds lines among many by a part of their name or number; without this the browser's own search does. */
const area = document.querySelector('[data-filter]')
const plain = (text) =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f\s]/g, '')
    .toLowerCase()
const rows = [...document.querySelectorAll('[data-row]')].map((row) => ({
  row,
  text: plain(row.textContent),
}))

area.hidden = false
area.querySelector('input').addEventListener('input', ({ target }) => {
  const wanted = plain(target.value)
  for (const { row, text } of rows) row.hidden = !text.includes(wanted)
})
// Enter searches, and does not save.
area.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') event.preventDefault()
})
