import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Configured } from './rendered.ts'

const run = promisify(execFile)

export interface Fetched {
  readonly status: number
  readonly body: string
}

/** How a device comes to the provisioning server: curl, from the device's own address. */
export interface Fetching {
  readonly url: string
  readonly address: string
  readonly userAgent: string
  readonly signIn?: Configured['signIn']
}

/** One file, first without the sign-in and then with it when it is asked for, as the devices do. */
export function fetchFile(fetching: Fetching, name: string): Promise<Fetched> {
  return curl(fetching, name, [])
}

/** What a device keeps at the server: what its user changed, its log. */
export function sendFile(fetching: Fetching, name: string, body: string): Promise<Fetched> {
  return curl(fetching, name, ['-X', 'PUT', '--data-binary', body])
}

async function curl(fetching: Fetching, name: string, more: readonly string[]): Promise<Fetched> {
  const { url, address, userAgent, signIn } = fetching
  const who = signIn ? ['--anyauth', '-u', `${signIn.user}:${signIn.password}`] : []
  const common = ['-s', '--noproxy', '*', '--interface', address, '-A', userAgent, '-w', '\n%{http_code}']
  const { stdout } = await run('curl', [...common, ...who, ...more, `${url}${name}`])
  const end = stdout.lastIndexOf('\n')
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) }
}
