import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileNames } from '../delivery/certificates/files.ts'
import { serverHosts } from '../delivery/certificates/hosts.ts'
import { inspectCertificates } from '../delivery/certificates/inspect.ts'
import type { Settings } from '../settings.ts'
import { type Finding, good, warning, wrong } from './doctor-finding.ts'

/** The server renews its own in time; somebody else's have to be renewed by somebody. */
const soon = 14

const keys = [fileNames.caKey, fileNames.rsaKey, fileNames.ecdsaKey, fileNames.privkey]

export async function lookAtCertificates(
  { certs: folder, publicUrl, https, mtls }: Settings,
  now: number,
): Promise<readonly Finding[]> {
  const about = 'certificates'
  if (https === 'off' && mtls === 'off') return [good(about, 'not needed: HTTPS is off')]
  const hosts = serverHosts(publicUrl)
  const { source, certificates, vendors, faults } = await inspectCertificates({ folder, hosts, now })
  const findings: Finding[] = faults.map(({ message, remedy }) => wrong(about, message, remedy))
  if (source === 'nothing-yet')
    findings.push(good(about, `none in ${folder} yet: the server makes its own when it starts`))
  const serving: readonly string[] =
    source === 'operator' ? [fileNames.fullchain] : [fileNames.rsa, fileNames.ecdsa]
  for (const file of source === 'nothing-yet' ? [] : serving) {
    const found = certificates.find((one) => one.file === file)
    if (!found) findings.push(warning(about, `${file} is missing`, 'bootline certs make makes it'))
  }
  for (const { file, names, daysLeft } of certificates) {
    const renewal = source === 'operator' ? 'renew it where it came from' : 'bootline certs make --renew'
    if (daysLeft < 0) findings.push(wrong(about, `${file} has expired`, renewal))
    else if (daysLeft < soon) findings.push(warning(about, `${file} expires in ${daysLeft} days`, renewal))
    const missing = serving.includes(file) ? hosts.filter((host) => !covers(names, host)) : []
    if (publicUrl !== undefined && missing.length > 0)
      findings.push(
        wrong(
          about,
          `${file} does not name ${missing.join(', ')}, where devices are sent`,
          source === 'operator'
            ? 'get one with that name, or correct BOOTLINE_PUBLIC_URL'
            : 'bootline certs make --renew',
        ),
      )
  }
  for (const { file, daysLeft } of vendors)
    if (daysLeft < 0)
      findings.push(warning(about, `the maker’s CA ${file} has expired`, 'ask the maker for its successor'))
  findings.push(...(await openKeys(folder)))
  if (findings.length > 0) return findings
  const least = Math.min(...certificates.map(({ daysLeft }) => daysLeft))
  return [good(about, `${certificates.length} in ${folder}, the first to expire in ${least} days`)]
}

/** `*.example.net` is good for one name below it. */
function covers(names: readonly string[], host: string): boolean {
  return names.some(
    (name) => name === host || (name.startsWith('*.') && name.slice(1) === host.replace(/^[^.]+/, '')),
  )
}

async function openKeys(folder: string): Promise<readonly Finding[]> {
  const found = await Promise.all(
    keys.map(async (name) => {
      const file = join(folder, name)
      const mode = await stat(file).then(
        (stats) => stats.mode,
        () => undefined,
      )
      return mode !== undefined && (mode & 0o037) !== 0
        ? wrong('certificates', `others may read the key ${file}`, `chmod 600 ${file}`)
        : undefined
    }),
  )
  return found.filter((finding) => finding !== undefined)
}
