/** What a device sends, and what must be made of it. */
export interface Row {
  readonly method: string
  readonly path: string
  readonly userAgent?: string
  readonly transport: 'http' | 'https' | 'tftp'
  /** The address in the name, or the one the user agent says. */
  readonly mac?: string
  readonly driver?: string
  readonly model?: string
  readonly version?: string
  readonly kind?: string
  /** Over TFTP 404 is "file not found" and 403 "access violation". */
  readonly status: number
}

export type Facts = Partial<Omit<Row, 'method' | 'path' | 'userAgent' | 'transport' | 'status'>>

export function over(transport: Row['transport'], method: string) {
  return (path: string, status: number, userAgent: string | undefined, facts: Facts = {}): Row => ({
    method,
    path,
    status,
    transport,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...facts,
  })
}
export const get = over('http', 'GET')
export const head = over('http', 'HEAD')
export const put = over('http', 'PUT')
export const post = over('http', 'POST')
export const secure = over('https', 'GET')
export const rrq = over('tftp', 'RRQ')
export const wrq = over('tftp', 'WRQ')

export const polycom = (
  mac: string | undefined,
  model: string | undefined,
  version?: string,
  kind?: string,
): Facts => facts('polycom', mac, model, version, kind)
export const yealink = (
  mac: string | undefined,
  model: string | undefined,
  version?: string,
  kind?: string,
): Facts => facts('yealink', mac, model && `yealink/${model}`, version, kind)
export const audiocodes = (
  mac: string | undefined,
  model: string | undefined,
  version?: string,
  kind?: string,
): Facts => facts('audiocodes', mac, model && `audiocodes/${model}`, version, kind)

function facts(
  driver: string,
  mac: string | undefined,
  model: string | undefined,
  version: string | undefined,
  kind = 'device',
): Facts {
  return {
    driver,
    kind,
    ...(mac === undefined ? {} : { mac }),
    ...(model === undefined ? {} : { model }),
    ...(version === undefined ? {} : { version }),
  }
}

/** What devices that ask for several files say of themselves. */
export const agents = {
  vvx450: 'FileTransport PolycomVVX-VVX_450-UA/5.9.1.0615 Type/Application',
  vvx500: 'FileTransport PolycomVVX-VVX_500-UA/5.9.7.4477 Type/Application',
  vvx500Updater: 'FileTransport PolycomVVX-VVX_500-UA/5.9.7.47435 Type/Updater',
  spip550: 'FileTransport PolycomSoundPointIP-SPIP_550-UA/4.0.15.1047 (SN:0004a11a1a1a) Type/Application',
  t46g: 'Yealink SIP-T46G 28.83.0.120 00:15:65:4a:a9:37',
  t54w: 'Yealink SIP-T54W 96.86.0.45 80:5e:c0:aa:00:01',
  t28p: 'yealink SIP-T28P 2.70.0.140 00:15:65:13:ae:0b',
  w60b: 'Yealink W60B 77.81.0.35 80:5e:c0:09:ab:dc',
  audc440: 'AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 00908F602AAC)',
  audc450: 'AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1',
  mp118: 'Mozilla/4.0 (compatible; AudioCodes; MP-118 FXS;6.60A.022;00908F118118;)',
  mp202: 'MP202 B 2FXS/3.0.0_build_13',
}
