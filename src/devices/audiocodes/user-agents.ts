import type { UserAgentFacts } from '../driver.ts'

type Reader = (parts: RegExpExecArray) => Omit<UserAgentFacts, 'maker'>

/** Every form seen, the more telling first. */
const forms: readonly (readonly [RegExp, Reader])[] = [
  // AUDC-IPPhone/2.2.8.61 (440HDG-Rev0; 00908F602AAC)
  [
    /^AUDC-IPPhone\/(\S+) \(([^;]+); ?([0-9A-F]{12})\)$/i,
    ([, version = '', model = '', mac = '']) => ({
      model: phoneModel(model),
      mac: mac.toLowerCase(),
      version,
    }),
  ],
  // AUDC/3.4.6.604 AUDC-IPPhone-C450HD_UC_3.4.6.604/1, or its second half alone
  [
    /^(?:AUDC\/\S+ )?AUDC-IPPhone-([^_\s]+)_UC_([^/\s]+)\//i,
    ([, model = '', version = '']) => ({ model: phoneModel(model), version }),
  ],
  // AUDC-IPPhone/2.2.2, in the SUBSCRIBE of plug and play
  [/^AUDC-IPPhone\/(\S+)$/i, ([, version = '']) => ({ version })],
  // Mozilla/4.0 (compatible; AudioCodes; <NAME>;<VER>;<MAC>;<CONF>)
  [
    /^Mozilla\/\S+ \(compatible; AudioCodes; ?([^;]+); ?([^;]+); ?([0-9A-F]{12})(?:;[^)]*)?\)$/i,
    ([, model = '', version = '', mac = '']) => ({
      model: gatewayModel(model),
      mac: mac.toLowerCase(),
      version,
    }),
  ],
  // MyWorld-Mediant;7.00.200.001(00908F1DD0D3): an operator's own wording of the same tags
  [
    /^(?:\w+-)?(MP-1\d\d|Mediant)([^;]*);([^;()]+)\(([0-9A-F]{12})\)$/i,
    ([, family = '', rest = '', version = '', mac = '']) => ({
      model: gatewayModel(family + rest),
      mac: mac.toLowerCase(),
      version,
    }),
  ],
  // Audiocodes-Sip-Gateway-MP-118 FXS/v.6.60A.022
  [
    /^Audiocodes-Sip-Gateway-([^/]+)\/v\.(\S+)/i,
    ([, model = '', version = '']) => ({ model: gatewayModel(model), version }),
  ],
  // MP202 B 2FXS/3.0.0_build_13: a hardware letter and the count of ports follow the model
  [
    /^MP(20[24]) ?([A-Z0-9]*) (\d)FXS\/(\S+)/i,
    ([, digits = '', , , version = '']) => ({ model: `MP${digits}`, version }),
  ],
]

export function readUserAgent(userAgent: string): UserAgentFacts | undefined {
  for (const [pattern, read] of forms) {
    const parts = pattern.exec(userAgent)
    if (parts) return { maker: 'audiocodes', ...read(parts) }
  }
  return undefined
}

/** `440HDG-Rev0` is a 440HD: the G says that its sockets are gigabit, the rest which board it has. */
function phoneModel(text: string): string {
  return text
    .trim()
    .replace(/-Rev\w*$/i, '')
    .replace(/HDG$/i, 'HD')
    .toUpperCase()
}

/** `MP-118 FXS` is an MP-118: the sockets follow the name. */
function gatewayModel(text: string): string {
  return text.trim().replace(/ FX[SO].*$/i, '')
}
