import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { domainToASCII } from 'node:url'
import { CertificateError } from './errors.ts'

/** A host as a certificate names it: ASCII, lower case, an IPv6 address without brackets. */
export function parseHost(text: string): string {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare)) return bare.toLowerCase()
  const wildcard = bare.startsWith('*.') ? '*.' : ''
  const name = domainToASCII(bare.slice(wildcard.length)).replace(/\.$/, '')
  if (
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/.test(
      name,
    )
  ) {
    return wildcard + name
  }
  throw new CertificateError(
    'certificate-host',
    `"${text.slice(0, 60)}" is no name of a host`,
    'give a name or an address as devices use it, as in prov.example.net or 192.0.2.10, without https:// and port',
  )
}

/**
 * The hosts a certificate of ours has to name: that of the public URL. Without one devices come by address: then it is
 * every address of this machine.
 */
export function serverHosts(publicUrl: string | undefined): readonly string[] {
  if (publicUrl !== undefined) return [parseHost(new URL(publicUrl).hostname)]
  const addresses = Object.values(networkInterfaces())
    .flatMap((those) => those ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address.toLowerCase())
  return ['localhost', '127.0.0.1', ...new Set(addresses)]
}

/** The names and addresses a certificate is good for, in its own order. */
export function hostsOf(certificate: X509Certificate): readonly string[] {
  return (certificate.subjectAltName ?? '')
    .split(', ')
    .map((part) => /^(?:DNS|IP Address):(.+)$/.exec(part)?.[1] ?? '')
    .filter(Boolean)
    .map((host) => (isIP(host) ? canonicalAddress(host) : host))
}

export function missingHosts(certificate: X509Certificate, hosts: readonly string[]): readonly string[] {
  return hosts.filter((host) => !names(certificate, host))
}

function names(certificate: X509Certificate, host: string): boolean {
  if (isIP(host)) return certificate.checkIP(host) !== undefined
  // A wildcard is no host that could be checked: it has to stand in the certificate itself.
  if (host.startsWith('*.')) return hostsOf(certificate).includes(host)
  return certificate.checkHost(host) !== undefined
}

/** OpenSSL writes IPv6 addresses in capitals and unshortened: `FE80:0:0:0:0:0:0:1`. */
function canonicalAddress(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address
}
