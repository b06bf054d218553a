import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Router } from 'express'

const own = fileURLToPath(new URL('../../../portal/assets/', import.meta.url))
const styles = fileURLToPath(new URL('../../../portal/styles/', import.meta.url))
const { resolve } = createRequire(import.meta.url)

/** Programs of others that pages run, from their packages as they are. */
const theirs = {
  'htmx.js': 'htmx.org/dist/htmx.min.js',
  'sortable.js': 'sortablejs/Sortable.min.js',
  'zxing.js': '@zxing/library/umd/index.min.js',
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

export interface Assets {
  /** Their addresses, which change with their content so that browsers keep them for ever: `portal_css`. */
  readonly addresses: Readonly<Record<string, string>>
  readonly router: Router
}

export function readAssets(): Assets {
  const files = new Map<string, { body: Buffer; zipped: Buffer; type: string; mark: string }>()
  const add = (name: string, body: Buffer) => {
    const mark = createHash('sha256').update(body).digest('base64url').slice(0, 12)
    files.set(name, { body, zipped: gzipSync(body), type: types[extname(name)] ?? 'text/plain', mark })
  }
  for (const name of readdirSync(own)) add(name, readFileSync(join(own, name)))
  for (const [name, path] of Object.entries(theirs)) add(name, readFileSync(resolve(path)))
  // One file for all: a page waits for nothing else before it is drawn.
  const sheets = readdirSync(styles).sort()
  add('portal.css', Buffer.concat(sheets.map((name) => readFileSync(join(styles, name)))))
  const router = Router()
  router.get('/:name', (request, response, next) => {
    const file = files.get(request.params.name)
    if (!file) return next()
    response.setHeader('Content-Type', file.type)
    response.setHeader('Vary', 'Accept-Encoding')
    const isNamed = request.query.v === file.mark
    response.setHeader('Cache-Control', isNamed ? 'public, max-age=31536000, immutable' : 'no-cache')
    const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    if (takesGzip) response.setHeader('Content-Encoding', 'gzip')
    response.end(takesGzip ? file.zipped : file.body)
  })
  const addresses = [...files].map(([name, { mark }]) => [
    name.replace('.', '_'),
    `/assets/${name}?v=${mark}`,
  ])
  return { addresses: Object.fromEntries(addresses), router }
}
