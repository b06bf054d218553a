import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { DeviceFile, ServerFacts, Templates } from '../driver.ts'
import { gatewayClock } from './clocks.ts'
import { quoted } from './escapes.ts'
import { fax } from './gateway-fax.ts'
import { tables } from './gateway-tables.ts'
import { countryOf } from './place.ts'
import { holdsSecrets } from './secrets.ts'
import { iniNames, type Setting, set, withParameters } from './settings.ts'
import { transportTypes } from './transports.ts'

/** An MP-112, MP-114, MP-118 or MP-124: one ini file that says everything, since a loaded one resets what it lacks. */
export function gateway(
  device: DeviceIntent,
  server: ServerFacts,
  templates: Templates,
): readonly DeviceFile[] {
  const name = iniName(device.mac)
  const sections = withParameters(
    {
      sip: sip(device),
      dialling: dialling(),
      fax: fax(device),
      line: line(device),
      clock: gatewayClock(device),
      update: update(name, server),
    },
    device.parameters,
    iniNames,
  )
  const body = templates.render('mp-1xx.ini.hbs', { ...sections, tables: tables(device) })
  return [{ name, contentType: 'text/plain; charset=utf-8', body, secret: holdsSecrets(device, server) }]
}

export function iniName(mac: string): string {
  return `${mac.toUpperCase()}.ini`
}

/** Each socket registers for itself, through the proxy of the table ProxyIp. */
function sip({ sip, ports }: DeviceIntent): readonly Setting[] {
  const used = ports.length > 0
  const domain = used ? sip.domain : quoted('')
  return [
    set('IsProxyUsed', used),
    set('ProxyName', domain),
    set('IsRegisterNeeded', used),
    set('RegistrarName', domain),
    set('SIPGatewayName', domain),
    set('AuthenticationMode', 0),
    set('ChannelSelectMode', 0),
    set('SIPTransportType', transportTypes[sip.transport]),
    set('RFC2833PayloadType', 101),
  ]
}

/** As long a number as anyone dials, with * and #, sent after four seconds of silence. */
function dialling(): readonly Setting[] {
  return [set('MaxDigits', 30), set('TimeBetweenDigits', 4), set('IsSpecialDigits', 1)]
}

function line({ timezone, locale }: DeviceIntent): readonly Setting[] {
  const country = countryOf(timezone, locale)
  return [
    set('PCMLawSelect', country.law === 'mu-law' ? 3 : 1),
    set('EnableCallerID', 1),
    set('CallerIDType', country.callerIdType),
  ]
}

/**
 * Comes back once a day and at every start, with the account as Digest user, never in the address. It does not restart
 * by itself (`ResetNow` would make it do so after each load); an image is taken at the next restart, not during calls.
 */
function update(name: string, server: ServerFacts): readonly Setting[] {
  const image = server.firmware ? server.url + encodeURIComponent(server.firmware) : ''
  return [
    set('IniFileURL', quoted(server.url + name)),
    set('CmpFileURL', quoted(image)),
    set('AutoUpdateCmpFile', 0),
    set('AutoUpdateFrequency', 1440),
    set('AUPDCheckIfIniChanged', 1),
    set('AUPDDigestUsername', quoted(server.account?.user ?? '')),
    set('AUPDDigestPassword', quoted(server.account?.password ?? '')),
    set('EnableSIPRemoteReset', 1),
  ]
}
