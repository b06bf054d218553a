import { isIP } from 'node:net'
import { checkHost, checkPort } from './host-rules.ts'
import type { CompanySettings, QuietHours, Site } from './intent.ts'
import type { ModelLookup } from './model.ts'
import { checkNumberBlocks } from './number-blocks.ts'
import { checkScopes } from './parameter-rules.ts'
import { caution, fault, type Path, type Problem } from './problem.ts'
import { checkReboot } from './reboot-rules.ts'
import { checkName } from './text-rules.ts'

/** Everything a company decides, each field by its own rule. */
export function checkCompany(company: CompanySettings, models: ModelLookup, path: Path): readonly Problem[] {
  const { sip, codes } = company
  return [
    ...checkName(company.name, `${path}.name`),
    ...checkTimezone(company.timezone, `${path}.timezone`),
    ...checkHost(sip.domain, `${path}.sip.domain`),
    ...(sip.proxy === undefined ? [] : checkHost(sip.proxy, `${path}.sip.proxy`)),
    ...(sip.port === undefined ? [] : checkPort(sip.port, `${path}.sip.port`)),
    ...checkCode(codes.groupPickup, `${path}.codes.groupPickup`),
    ...checkCode(codes.directedPickup, `${path}.codes.directedPickup`),
    ...checkCode(codes.voicemail, `${path}.codes.voicemail`),
    ...(company.quietHours ? checkQuietHours(company.quietHours, `${path}.quietHours`) : []),
    ...(company.reboot ? checkReboot(company.reboot, `${path}.reboot`) : []),
    ...(company.openNetworks ?? []).flatMap((network, i) =>
      checkNetwork(network, `${path}.openNetworks[${i}]`),
    ),
    ...checkScopes(company.parameters ?? {}, models, `${path}.parameters`),
    ...checkNumberBlocks(company.numberBlocks ?? [], `${path}.numberBlocks`),
    ...checkOpenNetworksUsed(company, `${path}.openNetworks`),
  ]
}

export function checkSite(site: Site, path: Path): readonly Problem[] {
  return [
    ...checkName(site.name, `${path}.name`),
    ...(site.address === undefined ? [] : checkName(site.address, `${path}.address`, 200)),
    ...(site.timezone === undefined ? [] : checkTimezone(site.timezone, `${path}.timezone`)),
  ]
}

export function checkTimezone(timezone: string, path: Path): readonly Problem[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
    if (/^[A-Za-z]/.test(timezone)) return []
  } catch {
    // Falls through: the zone is unknown.
  }
  return [
    fault(
      'timezone-unknown',
      path,
      `"${timezone}" is not a time zone`,
      'write an IANA name such as Europe/Paris',
    ),
  ]
}

function checkCode(code: string, path: Path): readonly Problem[] {
  if (/^[0-9*#]{1,16}$/.test(code)) return []
  return [fault('code-invalid', path, `"${code}" cannot be dialled`, 'write digits, * and #, as in *98')]
}

function checkQuietHours(hours: QuietHours, path: Path): readonly Problem[] {
  const problems = (['from', 'to'] as const).flatMap((end) =>
    /^([01]\d|2[0-3]):[0-5]\d$/.test(hours[end])
      ? []
      : [
          fault(
            'quiet-hours',
            `${path}.${end}`,
            `"${hours[end]}" is not a time of day`,
            'write it as "22:00"',
          ),
        ],
  )
  if (problems.length > 0 || hours.from !== hours.to) return problems
  return [
    fault(
      'quiet-hours',
      path,
      'the quiet hours begin and end at the same time',
      'leave a span between from and to',
    ),
  ]
}

function checkNetwork(network: string, path: Path): readonly Problem[] {
  const [address = '', bits, more] = network.split('/')
  const version = isIP(address)
  const width = version === 6 ? 128 : 32
  if (
    version !== 0 &&
    more === undefined &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width))
  )
    return []
  return [fault('network-invalid', path, `"${network}" is not a network`, 'write it as 192.0.2.0/24')]
}

function checkOpenNetworksUsed(company: CompanySettings, path: Path): readonly Problem[] {
  if (!company.openNetworks || company.deviceAccess === 'open') return []
  return [
    caution(
      'networks-unused',
      path,
      `openNetworks says nothing while deviceAccess is ${company.deviceAccess}`,
      'leave it out, or set deviceAccess: open',
    ),
  ]
}
