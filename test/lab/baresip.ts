import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stopped } from './kamailio.ts'
import { makeFolder } from './places.ts'
import type { Account } from './rendered.ts'
import { startRouter } from './router.ts'

/** Addresses of the only two members of a network that is nowhere else. */
const [near, far] = ['10.213.7.1', '10.213.7.2']

/** Whether this machine lets a network be made: in a container that may not, baresip has none to live in. */
export function mayMakeNetworks(): boolean {
  try {
    execFileSync('ip', ['netns', 'add', 'bootline-probe'], { stdio: 'ignore' })
    execFileSync('ip', ['netns', 'del', 'bootline-probe'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/**
 * A softphone that takes a NOTIFY only in a subscription of its own, as RFC 6665 says. It does not work on the loopback
 * interface, so that it gets a network with a router to the server.
 */
export async function startBaresip(account: Account, server: number): Promise<{ stop(): Promise<void> }> {
  const folder = makeFolder()
  const name = `bootline-${process.pid}`
  const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: 'ignore' })
  const [here, there] = [`bl${process.pid}a`, `bl${process.pid}b`]
  ip('netns', 'add', name)
  ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name)
  ip('addr', 'add', `${near}/30`, 'dev', here)
  ip('link', 'set', here, 'up')
  ip('-n', name, 'addr', 'add', `${far}/30`, 'dev', there)
  ip('-n', name, 'link', 'set', there, 'up')
  const router = await startRouter({ server, address: '127.0.0.44', inside: near, copies: () => 1 })
  const { user, password, domain } = account
  const outbound = `outbound="sip:${near}:${router.port}"`
  const line = `<sip:${user}@${domain}>;auth_pass=${password};${outbound};regint=300\n`
  writeFileSync(join(folder.path, 'accounts'), line, { mode: 0o600 })
  writeFileSync(
    join(folder.path, 'config'),
    `sip_listen ${far}:5060\nmodule_path /usr/lib/baresip/modules\nmodule_app account.so\n`,
  )
  writeFileSync(join(folder.path, 'contacts'), '')
  const child = spawn('ip', ['netns', 'exec', name, 'baresip', '-4', '-f', folder.path], { stdio: 'ignore' })
  return {
    async stop() {
      await stopped(child, 'SIGKILL')
      router.stop()
      ip('netns', 'del', name)
      folder.remove()
    },
  }
}
