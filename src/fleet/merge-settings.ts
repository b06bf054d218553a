import { type Codes, type Company, type CompanySettings, defaultCodes } from '../domain/intent.ts'
import { chosen, defined, type Kept } from './kept.ts'
import { mergeReboot } from './merge-reboot.ts'
import type { CompanyEntry } from './schema.ts'

/** What a company decides, each field the file's, else the server's, else its default. */
export function mergeSettings(stored: Company | undefined, entry: CompanyEntry, kept: Kept): CompanySettings {
  const sip = entry.sip ?? undefined
  const optional = defined({
    openNetworks: chosen(entry.openNetworks, stored?.openNetworks, kept),
    quietHours: chosen(entry.quietHours, stored?.quietHours, kept),
    reboot: mergeReboot(stored?.reboot, entry.reboot, kept),
    parameters: chosen(entry.parameters, stored?.parameters, kept),
    numberBlocks: chosen(entry.numberBlocks, stored?.numberBlocks, kept),
  })
  return {
    name: entry.name,
    locale: chosen(entry.locale, stored?.locale, kept) ?? 'fr',
    timezone: chosen(entry.timezone, stored?.timezone, kept) ?? 'Europe/Paris',
    deviceAccess: chosen(entry.deviceAccess, stored?.deviceAccess, kept) ?? 'first-contact',
    sip: {
      domain: sip?.domain ?? stored?.sip.domain ?? '',
      transport: chosen(sip?.transport, stored?.sip.transport, kept) ?? 'udp',
      ...defined({
        proxy: chosen(sip?.proxy, stored?.sip.proxy, kept),
        port: chosen(sip?.port, stored?.sip.port, kept),
      }),
    },
    keyDuringCall: chosen(entry.keyDuringCall, stored?.keyDuringCall, kept) ?? 'hold',
    userSettings: chosen(entry.userSettings, stored?.userSettings, kept) ?? 'ignored',
    codes: mergeCodes(stored?.codes, entry.codes, kept),
    ...optional,
  }
}

function mergeCodes(stored: Codes | undefined, entry: CompanyEntry['codes'], kept: Kept): Codes {
  const code = (name: keyof Codes) =>
    chosen(entry === null ? null : entry?.[name], stored?.[name], kept) ?? defaultCodes[name]
  return {
    groupPickup: code('groupPickup'),
    directedPickup: code('directedPickup'),
    voicemail: code('voicemail'),
  }
}
