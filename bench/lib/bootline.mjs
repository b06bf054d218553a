import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts, run, serverCore, start } from './processes.mjs'

const main = new URL('../../dist/main.js', import.meta.url).href
const script = `
  import { main } from ${JSON.stringify(main)}
  process.exitCode = await main(process.argv.slice(1))`
const program = ['--input-type=module', '-e', script, '--']

/** `bootline serve` on a fleet, in one process of its own on the servers' core, with all its listeners. */
export async function serveFleet(fleet, { settings = {}, core = serverCore, prepare, within } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  const [http, https, mtls, tftp] = await freePorts(4)
  const env = {
    BOOTLINE_DATA: join(folder, 'data'),
    BOOTLINE_CERTS: join(folder, 'certs'),
    BOOTLINE_FIRMWARE: join(folder, 'firmware'),
    BOOTLINE_HTTP: `127.0.0.1:${http}`,
    BOOTLINE_HTTPS: `127.0.0.1:${https}`,
    BOOTLINE_MTLS: `127.0.0.1:${mtls}`,
    BOOTLINE_TFTP: `127.0.0.1:${tftp}`,
    BOOTLINE_ADMIN: 'off',
    BOOTLINE_PUBLIC_URL: 'https://127.0.0.1:8443/',
    BOOTLINE_LOG_LEVEL: 'warn',
    ...settings,
  }
  try {
    prepare?.(folder)
    const file = join(folder, 'fleet.yaml')
    // JSON is YAML as well.
    writeFileSync(file, JSON.stringify(fleet))
    await run(undefined, process.execPath, [...program, 'apply', file, '--yes'], {
      env: { ...process.env, ...env },
    })
    const server = start(core, process.execPath, [...program, 'serve'], {
      env,
      ready: /Stop it with/,
      within,
    })
    await server.ready
    return {
      ...server,
      folder,
      ports: { http, https, mtls, tftp },
      async stop() {
        await server.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
