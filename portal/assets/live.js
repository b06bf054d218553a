/**
 * What happens to devices reaches the page as it happens: an element with data-live-mac="0015651190c4" hears of that
 * device, one with data-live-any of every one, as an event `device-changed` that htmx fetches it anew on. Without this
 * the page shows how things were when it was opened.
 */
const heard = ['saved', 'told', 'answered', 'given-up', 'seen', 'in-sync', 'alarm']
/** So long news are gathered, and so long the page then rests: a hundred phones that restart are one refresh. */
const gathering = 150
const rest = 1000
/** A link that is back at once was never lost. */
const patience = 6000
const nextTry = 15_000

let source
let news = new Map()
let isAllNews = false
let flushing
let flushedAt = 0
let losing
let trying

const isWanted = () => document.querySelector('[data-live-mac], [data-live-any]') !== null

function connect() {
  if (source || document.hidden || !isWanted()) return
  source = new EventSource('/api/v1/events')
  source.addEventListener('ready', () => showLost(false))
  source.addEventListener('reset', () => gather())
  for (const name of heard) source.addEventListener(name, (event) => gather(name, JSON.parse(event.data)))
  source.addEventListener('open', () => showLost(false))
  source.addEventListener('error', () => {
    losing ??= setTimeout(() => showLost(true), patience)
    // The browser comes again by itself unless it was refused.
    if (source?.readyState !== EventSource.CLOSED) return
    source = undefined
    trying = setTimeout(resume, nextTry)
  })
}

function disconnect() {
  clearTimeout(trying)
  clearTimeout(losing)
  losing = undefined
  source?.close()
  source = undefined
}

/** What happened while nobody listened is not known: everything is fetched anew. */
function resume() {
  if (source || document.hidden) return
  connect()
  gather()
}

function gather(name = 'reset', data = undefined) {
  if (data) news.set(data.mac, { ...data, name })
  else isAllNews = true
  if (flushing === undefined) flushing = setTimeout(flush, Math.max(gathering, flushedAt + rest - Date.now()))
}

function flush() {
  const [told, isAll] = [news, isAllNews]
  flushing = undefined
  flushedAt = Date.now()
  news = new Map()
  isAllNews = false
  const last = [...told.values()].at(-1)
  const detailFor = ({ dataset }) => ('liveAny' in dataset ? last : told.get(dataset.liveMac.toLowerCase()))
  for (const element of document.querySelectorAll('[data-live-mac], [data-live-any]')) {
    // What stands inside another that is fetched anew comes with it.
    const outer = element.parentElement?.closest('[data-live-mac], [data-live-any]')
    if (outer && (isAll || detailFor(outer))) continue
    const detail = detailFor(element) ?? (isAll ? { name: 'reset' } : undefined)
    if (detail) element.dispatchEvent(new CustomEvent('device-changed', { bubbles: true, detail }))
  }
}

function showLost(isLost) {
  clearTimeout(losing)
  losing = undefined
  for (const sign of document.querySelectorAll('[data-live-lost]')) sign.hidden = !isLost
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) disconnect()
  else resume()
})
// A page may come to have such elements later.
document.addEventListener('htmx:afterSettle', connect)
connect()
