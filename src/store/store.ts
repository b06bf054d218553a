import { resolve } from 'node:path'
import type { DeviceImpact, FleetDiff } from '../domain/fleet-diff.ts'
import type { Company, PickupGroup } from '../domain/intent.ts'
import type { Claims } from '../domain/located-fleet.ts'
import { type Accounts, accountsOver } from './accounts.ts'
import { type AuditEntry, type AuditQuery, findAudit } from './audit.ts'
import { type Candidates, type Excluded, findClaims, findGeneration, findPasswordOrigins } from './claims.ts'
import { type Deletion, type Deletions, deletionsOver, findDeletion } from './company-deletions.ts'
import { type Access, type Devices, devicesOver } from './devices.ts'
import { type DirectoryLine, type DirectoryQuery, findDirectory } from './directory.ts'
import { corrupt, translating } from './errors.ts'
import { type Examination, examine } from './examine.ts'
import { type CompanyFacts, type FactsQuery, readFacts } from './facts.ts'
import { readSiteFacts, type SiteFacts, type SiteFactsQuery } from './facts-sites.ts'
import { type CompanyQuery, type CompanySummary, findCompanies } from './find-companies.ts'
import { type CompanyLine, findLine, findLines, type LinePage, type LineQuery } from './find-lines.ts'
import { findPickupGroup, findPickupGroups, type SiteGroup } from './find-pickup-group.ts'
import { type Hooks, hooksOver } from './hooks.ts'
import { type ImportJobs, importJobsOver } from './import-jobs.ts'
import { type KeyLayouts, keyLayoutsOver } from './key-layouts.ts'
import { type KeyVersion, keyVersions } from './key-versions.ts'
import { atOneMoment } from './one-moment.ts'
import { type Internals, type Opened, openBound, type Where } from './opening.ts'
import { type People, peopleOver } from './people.ts'
import { type FoundPlace, findPlace, type PlaceQuery } from './places.ts'
import { type FleetQuery, readFleet } from './read-fleet.ts'
import type { Reboots } from './reboots.ts'
import { rebootsOver } from './reboots-over.ts'
import { type Renaming, renameCompany } from './rename-company.ts'
import { beginReplay, dropReplay, finishReplay, type ReplayStore } from './replays.ts'
import { type SaveOptions, saveDiff } from './save-diff.ts'
import type { Sealer } from './seal.ts'
import type { PasswordOrigin, Queries } from './tables.ts'

export interface StoreOptions extends Where {
  /** Whether somebody is told of changes: then each leaves messages that wait to be sent. */
  readonly messages?: boolean
}

/** What can be asked of the intent, inside a write and outside. */
export interface FleetReader {
  readFleet(query: FleetQuery): Promise<Company[]>
  claims(excluded: Excluded, candidates: Candidates): Promise<Claims>
  passwordOrigins(numbers: readonly string[]): Promise<ReadonlyMap<string, PasswordOrigin>>
  /** One line with its company, without its password; nothing else of the fleet is read. */
  findLine(number: string): Promise<CompanyLine | undefined>
  /** The pickup group a line is in, with all its members. */
  findPickupGroup(line: string): Promise<PickupGroup | undefined>
  /** The pickup groups of a company, site by site. */
  findPickupGroups(company: string): Promise<readonly SiteGroup[]>
  /** When a company is to go, if it is. */
  deletionOf(company: string): Promise<Deletion | undefined>
  /** Moves whenever the fleet does: a plan made at another generation may be stale. */
  generation(): Promise<number>
}

export interface FleetWriter extends FleetReader {
  /** Returns the generation it makes. */
  saveDiff(diff: FleetDiff, impacts: readonly DeviceImpact[], options: SaveOptions): Promise<number>
  renameCompany(from: string, to: string): Promise<Renaming>
}

export interface Store extends FleetReader {
  /** All of it happens or nothing; two writes, of whatever process, come one after the other. */
  write<T>(
    who: { readonly name: string; readonly source: string },
    work: (w: FleetWriter) => Promise<T>,
  ): Promise<T>
  readonly devices: Devices
  /** Devices that are to be woken. */
  readonly reboots: Reboots
  /** What SIP servers have to know of lines. */
  readonly accounts: Accounts
  /** Messages that wait to be sent. */
  readonly hooks: Hooks
  /** Who may use the admin plane. */
  readonly people: People
  /** Where in the fleet something is; `undefined`: nowhere. */
  findPlace(query: PlaceQuery): Promise<FoundPlace | undefined>
  findLines(query: LineQuery): Promise<LinePage>
  findCompanies(query: CompanyQuery): Promise<readonly CompanySummary[]>
  /** Companies that are to go. */
  readonly deletions: Deletions
  /** Whom keys may be about. */
  findDirectory(query: DirectoryQuery): Promise<readonly DirectoryLine[]>
  /** Keys that companies have given a name. */
  readonly keyLayouts: KeyLayouts
  /** What the keys of a line were, the newest first. */
  keyVersions(number: string, limit: number): Promise<readonly KeyVersion[]>
  /** Imports that go on after their request was answered. */
  readonly imports: ImportJobs
  /** Answers kept for who asks twice. */
  readonly replays: ReplayStore
  /** Reads the whole database for damage: for the start of a server. */
  check(): Promise<void>
  /** A secret for one purpose, the same for all servers of this key. */
  secretFor(purpose: string): Buffer
  /** Calls soon after each change of the fleet by another node, if the database can tell: looking by turns finds it too. */
  onChange(hear: () => void): void
  /** Opens every sealed value and follows every reference, at one moment of the store. */
  examine(tell: (done: number) => void): Promise<Examination>
  /** Copies the store into a new file while it is in use. */
  backup(file: string): Promise<void>
  /** What was done last, newest first. */
  recentAudit(limit: number): Promise<readonly AuditEntry[]>
  /** A page of what was done, newest first. */
  findAudit(query: AuditQuery): Promise<readonly AuditEntry[]>
  /** What there is, counted. */
  readFacts(query: FactsQuery): Promise<readonly CompanyFacts[]>
  readSiteFacts(query: SiteFactsQuery): Promise<readonly SiteFacts[]>
  close(): Promise<void>
}

export async function openStore(options: StoreOptions, internals?: Internals): Promise<Store> {
  const { messages = false, now = Date.now } = options
  return storeOver({ ...(await openBound(options, internals)), messages, now })
}

interface Parts extends Opened {
  readonly messages: boolean
  readonly now: () => number
}

function storeOver({ layout, database, sealer, messages, now }: Parts): Store {
  const read: Access = (work) => translating(layout, () => atOneMoment(database.reading, work))
  const write: Access = (work) =>
    translating(layout, () => database.writing.transaction().execute((db) => work(db)))
  return {
    readFleet: (query) => read((db) => readerOver(db, sealer).readFleet(query)),
    claims: (excluded, candidates) => read((db) => readerOver(db, sealer).claims(excluded, candidates)),
    passwordOrigins: (numbers) => read((db) => readerOver(db, sealer).passwordOrigins(numbers)),
    findLine: (number) => read((db) => findLine(db, number)),
    deletionOf: (company) => read((db) => findDeletion(db, company)),
    generation: () => read((db) => readerOver(db, sealer).generation()),
    devices: devicesOver({ read, write, sealer, tells: messages, isShared: database.isShared }),
    reboots: rebootsOver(read, write, sealer, messages),
    accounts: accountsOver(read, sealer),
    hooks: hooksOver(read, write),
    people: peopleOver(read, write, sealer),
    findPlace: (query) => read((db) => findPlace(db, query)),
    findLines: (query) => read((db) => findLines(db, query)),
    findPickupGroup: (line) => read((db) => findPickupGroup(db, line)),
    findPickupGroups: (company) => read((db) => findPickupGroups(db, company)),
    findCompanies: (query) => read((db) => findCompanies(db, query)),
    deletions: deletionsOver(read, write),
    findDirectory: (query) => read((db) => findDirectory(db, query)),
    keyLayouts: keyLayoutsOver(read, write),
    imports: importJobsOver(read, write),
    keyVersions: (number, limit) => read((db) => keyVersions(db, number, limit)),
    replays: {
      begin: (begun) => write((db) => beginReplay(db, sealer, begun)),
      finish: (finished) => write((db) => finishReplay(db, sealer, finished)),
      drop: ({ scope, key }) => write((db) => dropReplay(db, scope, key)),
    },
    write: (who, work) =>
      write((db) =>
        work({
          ...readerOver(db, sealer),
          saveDiff: (diff, impacts, options) =>
            saveDiff({ db, sealer, messages }, { ...who, at: now() }, diff, impacts, options),
          renameCompany: (from, to) => renameCompany({ db, sealer }, { ...who, at: now() }, from, to),
        }),
      ),
    check: () =>
      translating(layout, async () => {
        if (!(await database.isHealthy())) throw corrupt(layout)
      }),
    secretFor: sealer.derive,
    onChange: database.onChange,
    examine: (tell) => read((db) => examine(db, sealer, tell)),
    backup: (file) => translating(layout, () => database.backup(resolve(file))),
    recentAudit: (limit) => read((db) => findAudit(db, { limit })),
    findAudit: (query) => read((db) => findAudit(db, query)),
    readFacts: (query) => read((db) => readFacts(db, query)),
    readSiteFacts: (query) => read((db) => readSiteFacts(db, query)),
    close: database.close,
  }
}

function readerOver(db: Queries, sealer: Sealer): FleetReader {
  return {
    readFleet: (query) => readFleet(db, sealer, query),
    claims: (excluded, candidates) => findClaims(db, excluded, candidates),
    passwordOrigins: (numbers) => findPasswordOrigins(db, numbers),
    findLine: (number) => findLine(db, number),
    findPickupGroup: (line) => findPickupGroup(db, line),
    findPickupGroups: (company) => findPickupGroups(db, company),
    deletionOf: (company) => findDeletion(db, company),
    generation: () => findGeneration(db),
  }
}
