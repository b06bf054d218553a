import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Router } from 'express'

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Bootline API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="swagger-ui.css">
<script src="swagger-ui-bundle.js" defer></script>
<script src="start.js" defer></script>
</head>
<body><div id="page"></div></body>
</html>
`

/** Reads the description that stands beside it, and sends the session's own token against forgery along. */
const start = `addEventListener('DOMContentLoaded', () => {
  SwaggerUIBundle({
    url: '../v1/openapi.json',
    dom_id: '#page',
    deepLinking: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      const token = /(?:^|; )bootline-csrf=([^;]+)/.exec(document.cookie)
      if (token) request.headers['X-CSRF-Token'] = decodeURIComponent(token[1])
      return request
    },
  })
})
`

/** A page to read what the API can do and to try it, served whole by ourselves. */
export function createApiPage(): Router {
  const router = Router({ strict: true })
  router.get('/', ({ baseUrl, originalUrl }, response) => {
    // What the page names stands beside it, so it needs its slash.
    if (originalUrl.startsWith(`${baseUrl}/`)) response.type('html').send(page)
    else response.redirect(308, `${baseUrl}/`)
  })
  router.get('/start.js', (_request, response) => {
    response.type('js').send(start)
  })
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    router.get(`/${name}`, (_request, response) => response.sendFile(name, { root: assets, maxAge: '1d' }))
  }
  return router
}
