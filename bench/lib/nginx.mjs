import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts, serverCore, start } from './processes.mjs'
import { find } from './programs.mjs'

/** nginx as one worker that serves a folder, and stores what is PUT under it; over TLS where it is given a pair. */
export async function serveFolder(root, { tls, core = serverCore } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-nginx-'))
  const [port] = await freePorts(1)
  mkdirSync(join(folder, 'body'))
  const listen = tls
    ? `listen 127.0.0.1:${port} ssl backlog=4096; ssl_certificate ${tls.cert}; ssl_certificate_key ${tls.key}; ssl_protocols TLSv1.2 TLSv1.3;`
    : `listen 127.0.0.1:${port} backlog=4096;`
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 16384; }
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 60s;
      default_type text/plain; ${paths.join(' ')}
      server { ${listen} root ${root}; dav_methods PUT; create_full_put_path on; client_max_body_size 1m; }
    }`,
  )
  const server = start(core, find('nginx'), ['-c', join(folder, 'nginx.conf')], {})
  await listening(port)
  return {
    ...server,
    port,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function listening(port) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false)).on('connect', () => socket.destroy())
    })
    if (open) return
    await sleep(50)
  }
  throw new Error(`nothing listens on ${port}`)
}
