import { type CompanySettings, type Line, noKeys, type Site } from '../domain/intent.ts'
import { gather } from './batches.ts'
import { type DeviceState, stateOfRow } from './devices-rows.ts'
import { known, readLineTables, wholeLine } from './read-lines.ts'
import { given, lineOfRow, settingsOfRow } from './rows.ts'
import type { Sealer } from './seal.ts'
import type { LineRow, Queries, SiteRow } from './tables.ts'

/** A device with everything its files depend on. */
export interface DeviceRecord {
  readonly state: DeviceState
  /** Absent when the company of an unlinked device is gone. */
  readonly company?: CompanySettings
  /** That of its first line. */
  readonly site?: Pick<Site, 'name' | 'timezone'>
  /** All lines on this device, ascending by port, with their passwords. */
  readonly lines: readonly Line[]
  /** The lines its keys supervise: who they are and what they register as, nothing more. */
  readonly watched: readonly Line[]
}

/** The devices with these addresses, in the order of the list, by a few queries whatever their number. */
export async function readDevices(
  db: Queries,
  sealer: Sealer,
  macs: readonly string[],
): Promise<readonly DeviceRecord[]> {
  const wanted = [...new Set(macs)]
  const devices = await gather(wanted, (batch) =>
    db.selectFrom('device').selectAll().where('mac', 'in', batch).execute(),
  )
  const companies = await settingsByName(
    db,
    devices.map((device) => device.company),
  )
  const linesOf = await linesByMac(db, sealer, wanted)
  const records = devices.map((device): DeviceRecord => {
    const found = linesOf.get(device.mac) ?? []
    const watched = new Map(found.flatMap((line) => line.watched.map((other) => [other.number, other])))
    return {
      state: stateOfRow(device, sealer),
      ...given('company', companies.get(device.company)),
      ...given('site', found[0]?.site),
      lines: found.map(({ line }) => line),
      watched: [...watched.values()],
    }
  })
  const byMac = new Map(records.map((record) => [record.state.mac, record]))
  return wanted.flatMap((mac) => byMac.get(mac) ?? [])
}

async function settingsByName(
  db: Queries,
  names: readonly string[],
): Promise<ReadonlyMap<string, CompanySettings>> {
  const rows = await gather([...new Set(names)], (batch) =>
    db.selectFrom('company').selectAll().where('name', 'in', batch).execute(),
  )
  return new Map(rows.map((row) => [row.name, settingsOfRow(row)]))
}

interface LineOnDevice {
  readonly line: Line
  readonly site: Pick<Site, 'name' | 'timezone'>
  readonly watched: readonly Line[]
}

/** Lines by the device they are on, each device's ascending by port. */
async function linesByMac(
  db: Queries,
  sealer: Sealer,
  macs: readonly string[],
): Promise<ReadonlyMap<string, readonly LineOnDevice[]>> {
  const places = await gather(macs, (batch) =>
    db.selectFrom('equipment').select(['mac', 'port', 'line_id']).where('mac', 'in', batch).execute(),
  )
  const rows = await lineRows(
    db,
    places.map((place) => place.line_id),
  )
  const tables = await readLineTables(db, [...rows.keys()])
  const targets = [...tables.keys.values()].flat().flatMap((key) => key.target_line_id ?? [])
  const others = [...new Set(targets)].filter((id) => !rows.has(id))
  const all = new Map<number, FaceRow>([...rows, ...(await faceRows(db, others))])
  const sites = await siteRows(db, [...new Set([...all.values()].map((row) => row.site_id))])
  const names = {
    sites: new Map([...sites].map(([id, site]) => [id, site.name])),
    numbers: new Map([...all].map(([id, row]) => [id, row.number])),
  }
  // The same few lines stand on the keys of many devices.
  const faces = new Map<number, Line>()
  const faceOf = (id: number): Line | undefined => {
    const row = all.get(id)
    if (!row) return undefined
    const face = faces.get(id) ?? watchedLine(row, known(names.sites, row.site_id))
    faces.set(id, face)
    return face
  }
  const byMac = new Map<string, LineOnDevice[]>()
  for (const { mac, line_id } of places.toSorted((a, b) => a.port - b.port)) {
    const row = rows.get(line_id)
    const site = row && sites.get(row.site_id)
    if (mac === null || !row || !site) continue
    const watched = (tables.keys.get(line_id) ?? []).flatMap(({ target_line_id: id }) => {
      return (id === null ? undefined : faceOf(id)) ?? []
    })
    const found: LineOnDevice = {
      line: wholeLine(row, tables, names, sealer),
      site: { name: site.name, ...given('timezone', site.timezone) },
      watched,
    }
    byMac.set(mac, [...(byMac.get(mac) ?? []), found])
  }
  return byMac
}

function watchedLine(row: FaceRow, site: string): Line {
  const face = { ...row, email: null, internet_access: null }
  return lineOfRow(face, { site, password: undefined, equipment: undefined, keys: noKeys })
}

/** What is read of a line that is watched: a device shows many, and the rest of each is as long again. */
const faceColumns = [
  'id',
  'site_id',
  'number',
  'kind',
  'first_name',
  'last_name',
  'name',
  'short_number',
  'sip_user',
] as const

type FaceRow = Pick<LineRow, (typeof faceColumns)[number]>

function faceRows(db: Queries, ids: readonly number[]): Promise<ReadonlyMap<number, FaceRow>> {
  return byId(ids, (batch) => db.selectFrom('line').select(faceColumns).where('id', 'in', batch).execute())
}

function lineRows(db: Queries, ids: readonly number[]): Promise<ReadonlyMap<number, LineRow>> {
  return byId(ids, (batch) => db.selectFrom('line').selectAll().where('id', 'in', batch).execute())
}

function siteRows(db: Queries, ids: readonly number[]): Promise<ReadonlyMap<number, SiteRow>> {
  return byId(ids, (batch) => db.selectFrom('site').selectAll().where('id', 'in', batch).execute())
}

async function byId<R extends { readonly id: number }>(
  ids: readonly number[],
  query: (batch: readonly number[]) => Promise<readonly R[]>,
): Promise<ReadonlyMap<number, R>> {
  return new Map((await gather(ids, query)).map((row) => [row.id, row]))
}
