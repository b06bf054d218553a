/**
 * The order of keys by hand: what is dragged to another place is put there on the form, which is then tried by the
 * server as after any press of a button. Without this, the buttons of each key do the same.
 */
/* global Sortable */

const listSelector = '[data-sort]'

function makeSortable() {
  if (!('Sortable' in window)) return
  for (const list of document.querySelectorAll(listSelector)) {
    if (Sortable.get(list)) continue
    list.classList.add('sorts')
    Sortable.create(list, {
      handle: '.grip',
      animation: 150,
      onEnd({ oldIndex, newIndex }) {
        if (oldIndex !== newIndex) document.querySelector('[data-ordered]').click()
      },
    })
  }
}

// Whoever removes a key is left at the one that follows, and not at the top of the page.
let pressed = ''
document.addEventListener('htmx:beforeRequest', ({ detail: { elt } }) => {
  pressed = elt.id
})
document.addEventListener('htmx:afterSettle', () => {
  makeSortable()
  if (document.activeElement !== document.body || pressed === '') return
  const [, section, place] = /^drop-(\w+)-(\d+)$/.exec(pressed) ?? []
  if (!section) return document.getElementById('f-search')?.focus()
  const before = document.getElementById(`drop-${section}-${Number(place) - 1}`)
  const next = before ?? document.getElementById(`t-${section}`)
  next?.focus()
})
makeSortable()
