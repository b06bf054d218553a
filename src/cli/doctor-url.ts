import { lookup } from 'node:dns/promises'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { codeOf, type Finding, good, warning, wrong } from './doctor-finding.ts'

const patience = 5000
/** More than this apart and certificates, digests and windows are judged differently by the two. */
const clocksApart = 60_000

/** Where devices are sent: does the name lead anywhere, does something answer there, and does it know what time it is? */
export async function lookAtPublicUrl(
  publicUrl: string | undefined,
  now: () => number,
): Promise<readonly Finding[]> {
  const about = 'public URL'
  if (publicUrl === undefined)
    return [
      warning(
        about,
        'BOOTLINE_PUBLIC_URL is not set: devices are sent to an address of this machine',
        'set it to a name that devices can look up, as in https://prov.example.net:8443/',
      ),
    ]
  const host = new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1')
  const addresses = await addressesOf(host)
  if (addresses.length === 0)
    return [wrong(about, `the name ${host} leads to no address`, 'add it to the DNS that the devices ask')]
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((those) => (those ?? []).map((one) => one.address)),
  )
  const isHere = addresses.some((address) => own.has(address))
  const leads = `${host} leads to ${addresses.join(', ')}${isHere ? '' : ', which is no address of this machine (a proxy or a NAT?)'}`
  const answer = await dateOf(publicUrl)
  if ('cannot' in answer)
    return [
      warning(
        about,
        `${leads}; nothing answers there (${answer.cannot})`,
        'start the server; if it runs, look at what stands between: a firewall, a proxy, a NAT that is closed from inside',
      ),
    ]
  const findings = [good(about, leads)]
  const apart = answer.date === undefined ? 0 : Math.abs(answer.date - now())
  if (apart > clocksApart)
    findings.push(
      wrong(
        'clock',
        `what answers at ${publicUrl} lives ${Math.round(apart / 1000)} s apart from this machine`,
        'let both take their time from the network: timedatectl set-ntp true',
      ),
    )
  return findings
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host)) return [host]
  return lookup(host, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  )
}

/** The Date of any answer. Whether the certificate is good is looked at elsewhere. */
function dateOf(url: string): Promise<{ readonly date: number | undefined } | { readonly cannot: string }> {
  const secure = url.startsWith('https:')
  return new Promise((resolve) => {
    const options = { method: 'HEAD', agent: false as const, timeout: patience }
    const request = secure
      ? secureRequest(url, { ...options, rejectUnauthorized: false })
      : plainRequest(url, options)
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', (error) => resolve({ cannot: codeOf(error) }))
    request.on('response', (response) => {
      const date = Date.parse(response.headers.date ?? '')
      resolve({ date: Number.isNaN(date) ? undefined : date })
      response.destroy()
    })
    request.end()
  })
}
