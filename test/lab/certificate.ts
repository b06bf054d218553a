import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Certificate {
  readonly certificate: string
  readonly key: string
  readonly pem: string
}

/** A certificate of its own for a SIP server at this machine's address, in files as Kamailio wants them. */
export function makeCertificate(folder: string): Certificate {
  const [certificate, key] = [join(folder, 'sip.pem'), join(folder, 'sip.key')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const name = ['-subj', '/CN=edge.lab.test', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', ...kind, ...name, '-out', certificate, '-keyout', key], { stdio: 'ignore' })
  return { certificate, key, pem: readFileSync(certificate, 'utf8') }
}
