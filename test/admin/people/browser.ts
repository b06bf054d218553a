/** What a browser does of itself: keeps cookies, says where a request comes from, repeats what proves its own pages. */
export interface Browser {
  readonly jar: Map<string, string>
  get(path: string, headers?: Record<string, string>): Promise<Seen>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Seen>
  /** As a page sends it. */
  form(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Seen>
  /** An operation of the API. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Seen>
}

export interface Seen {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it is what it checks.
  readonly body: any
}

export function browserAt(address: string, source = '127.0.0.1'): Browser {
  const jar = new Map<string, string>()
  const base = address.replace(/\/$/, '')

  async function send(
    method: string,
    path: string,
    init: { body?: string; headers: Record<string, string> },
  ) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const own: Record<string, string> = {
      'x-test-source': source,
      'accept-language': 'en',
      ...(cookie ? { cookie } : {}),
      ...(method === 'GET' ? {} : { origin: base, 'sec-fetch-site': 'same-origin' }),
    }
    const response = await fetch(path.startsWith('http') ? path : base + path, {
      method,
      redirect: 'manual',
      headers: { ...own, ...init.headers },
      ...(init.body === undefined ? {} : { body: init.body }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      if (attributes.includes('Max-Age=0')) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const text = await response.text()
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    const body = isJson && text ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, body }
  }

  const proof = (): Record<string, string> => {
    const token = jar.get('bootline-csrf')
    return token === undefined ? {} : { 'x-csrf-token': token }
  }
  const json = (body: unknown) =>
    body === undefined ? {} : { body: JSON.stringify(body), type: { 'content-type': 'application/json' } }

  function sendJson(method: string, path: string, value: unknown, headers: Record<string, string>) {
    const { body, type } = json(value)
    const all = { ...type, ...(method === 'GET' ? {} : proof()), ...headers }
    return send(method, path, { headers: all, ...(body === undefined ? {} : { body }) })
  }

  return {
    jar,
    get: (path, headers = {}) => send('GET', path, { headers }),
    post: (path, body, headers = {}) => sendJson('POST', path, body, headers),
    form: (path, fields, headers = {}) =>
      send('POST', path, {
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
      }),
    api: (method, path, body, headers = {}) => sendJson(method, `/api/v1${path}`, body, headers),
  }
}
