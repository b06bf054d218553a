import { parseHost, serverHosts } from '../delivery/certificates/hosts.ts'
import { type Inspection, inspectCertificates, trustedPem } from '../delivery/certificates/inspect.ts'
import { type CertificatePlace, ownCertificates } from '../delivery/certificates/server-certificates.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'
import { table } from './table.ts'

/** Certificates: what there is, the server's own CA and pairs, and what devices are to trust. */
export const certs = command({
  name: 'certs',
  summary: 'Show the certificates, make the own ones, or print the CA',
  operands: ['[make|ca]'],
  examples: [
    'bootline certs',
    'bootline certs make --host prov.example.net --host 192.0.2.10',
    'bootline certs make --renew',
    'bootline certs ca > bootline-ca.pem',
  ],
  options: {
    host: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      about: 'with make: one more name or address that devices use; may be repeated',
    },
    renew: { type: 'boolean', about: 'with make: make the server certificates anew; keys stay' },
  },
  async run(context, { host = [], renew = false }, [task]) {
    const { certs: folder, publicUrl } = context.settings()
    const hosts = [...new Set([...serverHosts(publicUrl), ...host.map(parseHost)])]
    const place: CertificatePlace = { folder, hosts, now: Date.now() }
    if (task !== 'make' && (renew || host.length > 0)) {
      throw new Refusal(
        'usage',
        '--host and --renew belong to bootline certs make',
        'add make, or leave them out',
      )
    }
    if (task === undefined) return show(context, place)
    if (task === 'make') return make(context, place, renew)
    if (task === 'ca') return printAuthority(context, place)
    throw new Refusal(
      'usage',
      `there is no task "${task}"`,
      'bootline certs shows, certs make makes, certs ca prints',
    )
  },
})

async function show(context: Context, place: CertificatePlace): Promise<number> {
  const inspection = await inspectCertificates(place)
  const { faults, ...rest } = inspection
  context.show({ folder: place.folder, ...rest, faults: faults.map(described) }, () =>
    [sourceLine(inspection, place.folder), ...listed(inspection)].join('\n'),
  )
  if (!context.json) for (const line of faults.flatMap(warned)) context.err(line)
  return 0
}

async function make(context: Context, place: CertificatePlace, renew: boolean): Promise<number> {
  const { made, faults } = await ownCertificates({ ...place, renewal: renew ? 'all' : 'missing' })
  context.show({ folder: place.folder, made, faults: faults.map(described) }, () =>
    made.length > 0
      ? `made in ${place.folder}: ${made.join(', ')}`
      : `everything is there already in ${place.folder}; --renew makes the server certificates anew`,
  )
  if (!context.json) for (const line of faults.flatMap(warned)) context.err(line)
  return faults.length === 0 ? 0 : 1
}

async function printAuthority(context: Context, place: CertificatePlace): Promise<number> {
  const pem = await trustedPem(place)
  if (pem === undefined) {
    throw new Refusal(
      'certificate-authority',
      `there is no CA in ${place.folder} that devices would have to be given`,
      'bootline certs make makes one; beside a pair of your own, put its root into root.pem',
    )
  }
  context.show({ pem }, () => pem.trimEnd())
  return 0
}

function sourceLine({ source }: Inspection, folder: string): string {
  if (source === 'operator') return `Your own pair in ${folder} serves.`
  if (source === 'own-ca') return `The server's own CA in ${folder} serves.`
  return `No certificates in ${folder} yet: the server makes them when it starts, bootline certs make at once.`
}

function listed({ certificates, vendors }: Inspection): readonly string[] {
  const all = [...certificates, ...vendors]
  if (all.length === 0) return []
  const rows = table([
    ['FILE', 'SUBJECT', 'NAMES', 'KEY', 'EXPIRES', 'DAYS LEFT'],
    ...all.map(({ file, subject, names, key, expires, daysLeft }) => [
      file,
      subject,
      names.join(' ') || '-',
      key,
      expires.slice(0, 10),
      String(daysLeft),
    ]),
  ])
  const prints = table(all.map(({ file, fingerprint }) => [file, fingerprint]))
  return ['', rows, '', 'SHA-256 fingerprints', prints]
}

interface Fault {
  readonly code: string
  readonly message: string
  readonly remedy: string
}

function described({ code, message, remedy }: Fault): Fault {
  return { code, message, remedy }
}

function warned({ code, message, remedy }: Fault): readonly string[] {
  return [`warning ${code}: ${message}`, `  → ${remedy}`]
}
