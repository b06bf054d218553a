import type { UserAgentFacts } from '../driver.ts'

/** `FileTransport PolycomVVX-VVX_450-UA/5.9.1.0615 (SN:64167fb269d6) Type/Application`; old ones end earlier. */
const fileTransport =
  /^(?:FileTransport|Microbrowser\/[\d.]+) Poly(com)?[A-Za-z]+-([A-Za-z]+(?:_[A-Za-z]?\d+)?)-UA\/([\d.]+)(?: \(SN:([0-9a-fA-F]{12})\))?(?: Type\/(\w+))?$/

/**
 * What a phone says of itself. Edge B and the other devices of the OBi family speak another language and are not read.
 * A version counts only where the phone says that its application speaks: the boot loader has a version of its own.
 */
export function readUserAgent(userAgent: string): UserAgentFacts | undefined {
  const [, com, model, version, serial, type] = fileTransport.exec(userAgent) ?? []
  if (model === undefined || version === undefined) return undefined
  return {
    maker: com === undefined ? 'poly' : 'polycom',
    model,
    ...(serial ? { mac: serial.toLowerCase() } : {}),
    ...(type === 'Application' ? { version } : {}),
    ...(type === 'Updater' ? { bootLoader: true } : {}),
  }
}
