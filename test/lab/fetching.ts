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
export async function fetchFile(fetching: Fetching, name: string): Promise<Fetched> {
  const { url, address, userAgent, signIn } = fetching
  const parameters = ['-s', '--noproxy', '*', '--interface', address, '-A', userAgent, '-w', '\n%{http_code}']
  const curl = run('curl', [...parameters, '--anyauth', '-K', '-', `${url}${name}`])
  curl.child.stdin?.end(signIn ? `user = "${signIn.user}:${signIn.password}"\n` : '')
  const { stdout } = await curl
  const end = stdout.lastIndexOf('\n')
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) }
}
