import type { DhcpFacts, VendorClass } from '../../devices/dhcp-facts.ts'
import type { Confidence } from '../../domain/model.ts'

/** What a DHCP server is to be told, before it is written in one server's language. */
export interface DhcpPlan {
  readonly url: string
  readonly tftpUrl?: string
  /** Options a DHCP server does not know by itself. */
  readonly definitions: readonly { readonly code: number; readonly proven: boolean }[]
  readonly groups: readonly Group[]
}

export interface Group {
  readonly name: string
  /** What a person should read above the group's lines. */
  readonly remarks: readonly string[]
  readonly classes: readonly VendorClass[]
  /** What is not proven is written as a comment, for the operator to try. */
  readonly proven: boolean
  /** Besides option 66, which everybody is given. */
  readonly options: readonly { readonly code: number; readonly proven: boolean }[]
}

/** DHCP servers know these by name; the others have to be defined first. */
const KNOWN: readonly number[] = [43, 66]

export function dhcpPlan(facts: readonly DhcpFacts[], url: string, tftpUrl?: string): DhcpPlan {
  const groups = facts.map(groupOf)
  const given = groups.flatMap(({ proven, options }) =>
    options.map((option) => ({ code: option.code, proven: proven && option.proven })),
  )
  const codes = [...new Set(given.map(({ code }) => code))]
    .filter((code) => !KNOWN.includes(code))
    .sort((a, b) => a - b)
  return {
    url,
    ...(tftpUrl === undefined ? {} : { tftpUrl }),
    definitions: codes.map((code) => ({
      code,
      proven: given.some((each) => each.code === code && each.proven),
    })),
    groups,
  }
}

function groupOf({ name, devices, classes, confidence, options, notes }: DhcpFacts): Group {
  const order = options.map(({ code }) => code).join(', then ')
  const doubts = options
    .filter((option) => option.confidence !== 'verified')
    .map(
      (option) =>
        `Option ${option.code} is ${inWords(option.confidence)}${option.when ? `: ${option.when}` : ''}.`,
    )
  return {
    name,
    remarks: [
      `${devices}: option ${order}.`,
      ...(confidence === 'verified' ? [] : [`Their vendor class is ${inWords(confidence)}.`]),
      ...doubts,
      ...notes,
    ],
    classes,
    proven: confidence === 'verified',
    options: options
      .filter(({ code }) => code !== 66)
      .map((option) => ({ code: option.code, proven: option.confidence === 'verified' })),
  }
}

function inWords(confidence: Confidence): string {
  return confidence === 'likely' ? 'likely, not proven' : 'not sure'
}
