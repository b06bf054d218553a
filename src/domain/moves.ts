import type { Company, Keys, Line, NumberBlock, Site } from './intent.ts'
import { isInBlock } from './number-blocks.ts'

/** Lines that go from one company to another. */
export interface Move {
  readonly numbers: readonly string[]
  /** The name of the site they come to; each to one of its own site's name when absent. Made where it is missing. */
  readonly site?: string
}

/** A supervision key that goes, because a phone may only supervise lines of its own company. */
export interface LostKey {
  /** The company whose line loses it, from before the move. */
  readonly line: string
  /** Its place among the line's supervision keys, from 1. */
  readonly key: number
  readonly supervised: string
}

export interface LostMembership {
  readonly line: string
  readonly site: string
  readonly group: string
}

/** What a move takes away. */
export interface Losses {
  readonly keys: readonly LostKey[]
  readonly memberships: readonly LostMembership[]
}

export interface Moved {
  readonly from: Company
  readonly to: Company
  readonly lost: Losses
  /** Blocks of numbers that go along. */
  readonly blocks: readonly NumberBlock[]
}

/** Both companies as they are once the lines have moved. Whether they may is another question: see departures.ts. */
export function moveLines(from: Company, to: Company, { numbers, site }: Move): Moved {
  const going = new Set(numbers)
  const parted = (line: Line, number: string) => going.has(line.number) !== going.has(number)
  const stays = (line: Line): Line => ({ ...line, keys: keysWithout(line, (n) => parted(line, n)) })
  const lines = from.lines.map((line) => (line.keys.supervision.length === 0 ? line : stays(line)))
  const blocks = (from.numberBlocks ?? []).filter((block) => numbers.some((n) => isInBlock(n, block)))
  const arriving = lines.flatMap((line) =>
    going.has(line.number) ? [{ ...line, site: site ?? line.site }] : [],
  )
  return {
    from: {
      ...withBlocks(
        from,
        (from.numberBlocks ?? []).filter((block) => !blocks.includes(block)),
      ),
      sites: from.sites.map((one) => withoutMembers(one, going)),
      lines: lines.filter((line) => !going.has(line.number)),
    },
    to: {
      ...withBlocks(to, [...(to.numberBlocks ?? []), ...blocks]),
      sites: [...to.sites, ...newSites(from, to, arriving)],
      lines: [...to.lines, ...arriving],
    },
    lost: { keys: lostKeys(from, parted), memberships: lostMemberships(from, going) },
    blocks,
  }
}

function keysWithout({ keys }: Line, lost: (number: string) => boolean): Keys {
  return { ...keys, supervision: keys.supervision.filter((number) => !lost(number)) }
}

function lostKeys(from: Company, parted: (line: Line, number: string) => boolean): readonly LostKey[] {
  return from.lines.flatMap((line) =>
    line.keys.supervision.flatMap((supervised, i) =>
      parted(line, supervised) ? [{ line: line.number, key: i + 1, supervised }] : [],
    ),
  )
}

function lostMemberships(from: Company, going: ReadonlySet<string>): readonly LostMembership[] {
  return from.sites.flatMap(({ name: site, pickupGroups }) =>
    pickupGroups.flatMap(({ name: group, members }) =>
      members.filter((line) => going.has(line)).map((line) => ({ line, site, group })),
    ),
  )
}

function withoutMembers(site: Site, going: ReadonlySet<string>): Site {
  const pickupGroups = site.pickupGroups.map((group) => ({
    ...group,
    members: group.members.filter((number) => !going.has(number)),
  }))
  return { ...site, pickupGroups }
}

/** A site of the same name is the same place: its address and its clock come along. */
function newSites(from: Company, to: Company, arriving: readonly Line[]): readonly Site[] {
  const known = new Set(to.sites.map(({ name }) => name))
  const missing = new Set(arriving.map(({ site }) => site).filter((name) => !known.has(name)))
  return [...missing].map((name) => {
    const place = from.sites.find((site) => site.name === name)
    return { ...(place ?? { name }), pickupGroups: [] }
  })
}

/** No blocks are no field, as in what is stored. */
function withBlocks({ numberBlocks, ...company }: Company, blocks: readonly NumberBlock[]): Company {
  return blocks.length === 0 ? company : { ...company, numberBlocks: blocks }
}
