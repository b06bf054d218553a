import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { DeviceFile, ServerFacts, Templates } from '../driver.ts'
import { phoneClock } from './clocks.ts'
import { keys } from './desk-phone-keys.ts'
import { lines, sip } from './desk-phone-line.ts'
import { dialling, place, services } from './desk-phone-services.ts'
import { caName, provisioning, trust } from './desk-phone-upkeep.ts'
import { holdsSecrets } from './secrets.ts'
import { pathNames, set, withParameters } from './settings.ts'

/** A 4xxHD phone: one file of parameters, and the CA certificate where it should trust one. */
export function deskPhone(
  device: DeviceIntent,
  server: ServerFacts,
  templates: Templates,
): readonly DeviceFile[] {
  const { mac, model, parameters } = device
  const sections = withParameters(
    {
      identity: [set('system/type', model.userAgent ?? model.label)],
      lines: lines(device),
      sip: sip(device),
      keys: keys(device),
      services: services(device),
      dialling: dialling(),
      place: place(device),
      clock: phoneClock(device),
      provisioning: provisioning(mac, server),
      trust: trust(mac, server),
    },
    parameters,
    pathNames,
  )
  const configuration: DeviceFile = {
    name: `${mac}.cfg`,
    contentType: 'text/plain; charset=utf-8',
    body: templates.render('4xxhd.cfg.hbs', sections),
    secret: holdsSecrets(device, server),
  }
  if (server.caPem === undefined) return [configuration]
  const ca = { name: caName(mac), contentType: 'application/x-pem-file', body: server.caPem, secret: false }
  return [configuration, ca]
}
