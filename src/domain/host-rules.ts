import { isIP } from 'node:net'
import { fault, type Path, type Problem } from './problem.ts'

export function isHost(host: string): boolean {
  const label = '[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'
  return host.length <= 253 && (isIP(host) !== 0 || new RegExp(`^${label}(\\.${label})*\\.?$`).test(host))
}

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535
}

export function checkHost(host: string, path: Path): readonly Problem[] {
  if (isHost(host)) return []
  return [
    fault(
      'host-invalid',
      path,
      `"${host}" is not a host name`,
      'write a name such as sip.example.net, or an address; the port has its own field',
    ),
  ]
}

export function checkPort(port: number, path: Path): readonly Problem[] {
  if (isPort(port)) return []
  return [fault('port-invalid', path, `${port} is not a port`, 'write a whole number from 1 to 65535')]
}
