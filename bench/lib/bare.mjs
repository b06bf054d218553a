import { fileURLToPath } from 'node:url'
import { freePorts, serverCore, start } from './processes.mjs'

const programs = {
  http: fileURLToPath(new URL('bare-http.mjs', import.meta.url)),
  https: fileURLToPath(new URL('bare-https.mjs', import.meta.url)),
  tftp: fileURLToPath(new URL('bare-tftp.mjs', import.meta.url)),
}

/** A server on a free port with nothing behind it: what Node itself takes. `args` are what its program wants besides. */
export async function serveBare(kind, args, { core = serverCore, within } = {}) {
  const [port] = await freePorts(1)
  const words = [programs[kind], String(port), ...args]
  const server = start(core, process.execPath, words, { ready: /listening/, within })
  await server.ready
  return { ...server, port }
}
