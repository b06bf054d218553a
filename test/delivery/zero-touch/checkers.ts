import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** How a DHCP server checks a configuration file without starting. */
const checkers = {
  dnsmasq: { program: 'dnsmasq', args: (file: string) => ['--test', `--conf-file=${file}`] },
  isc: { program: 'dhcpd', args: (file: string) => ['-t', '-cf', file, '-lf', '/dev/null'] },
  kea: { program: 'kea-dhcp4', args: (file: string) => ['-t', file] },
} as const

export type Checked = keyof typeof checkers

/** Whether its tests are left out: never where a run has to be complete. */
export function isMissing(server: Checked): boolean {
  return process.env.BOOTLINE_TEST_COMPLETE === undefined && programPath(server) === undefined
}

/** What the server itself says of a configuration: nothing when it is right. */
export function complaints(server: Checked, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-dhcp-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'server.conf')
  writeFileSync(file, `${text}\n`)
  const program = programPath(server)
  if (program === undefined) throw new Error(`${server} is not installed: scripts/test-packages.sh does it`)
  const { status, stdout, stderr } = spawnSync(program, checkers[server].args(file), { encoding: 'utf8' })
  return status === 0 ? '' : `${stdout}${stderr}` || `exit code ${status}`
}

function programPath(server: Checked): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
    .map((folder) => join(folder, checkers[server].program))
    .find(existsSync)
}

/** Takes the sign away from every line that is commented out for being unproven. */
export function withTheUnproven(text: string): string {
  return text.replace(/^( *)#(?! )/gm, '$1')
}
