import type { DeviceIntent } from '../domain/device-intent.ts'
import type { Maker, Model } from '../domain/model.ts'
import type { DhcpFacts } from './dhcp-facts.ts'
import type { Dictionary } from './dictionary.ts'
import type { Parts } from './parts.ts'
import type { WebWake } from './web-wake.ts'

/**
 * The contract between Bootline and one vendor's devices. A vendor is a folder under devices/ that exports one Driver,
 * a folder under templates/, and one line in vendors.ts; nothing else in Bootline knows a vendor's name.
 */
export interface Driver {
  /** Folder name under devices/ and templates/. */
  readonly name: string
  readonly models: readonly Model[]
  /** First six hex digits of the addresses seen on this vendor's devices, and whose they are. A hint, never a gate. */
  readonly prefixes: Readonly<Partial<Record<Maker, readonly string[]>>>
  /** What the vendor's devices ask for, by file name. The first pattern that matches decides. */
  readonly requests: readonly RequestPattern[]
  /** How each template format (`xml` in `phone.xml.hbs`) makes a value harmless. */
  readonly escapes: Readonly<Record<string, Escape>>
  /** The parameters the vendor's devices know. */
  readonly dictionary: Dictionary
  /** What the vendor's devices say and ask in DHCP. */
  readonly dhcp: readonly DhcpFacts[]
  readUserAgent(userAgent: string): UserAgentFacts | undefined
  /** Every file of one device, in a fixed order. Pure: the same arguments give the same bytes. */
  render(device: DeviceIntent, server: ServerFacts, templates: Templates): readonly LaidFile[]
  /**
   * The rendered file a device of this model means by a name it asks, where one file goes by several; `undefined` where
   * it means none. A vendor without this renders every file under the very name that is asked.
   */
  canonicalName?(name: string, model: Model): string | undefined
  /** Why the vendor's format cannot carry a password; absent where it carries every one that the rules let through. */
  unfitPassword?(password: string): string | undefined
  /** The company's directory, in the form the vendor's devices fetch it when somebody opens it. */
  readonly phoneBook?: PhoneBook
  /** What a NOTIFY asks a device of this model for; `undefined` where no such way is established. */
  wake(model: Model): WakeEvents | undefined
  /** How the devices are told over their own web interface; absent where no way is known. */
  readonly web?: WebWake
  /** Files without a MAC in their name (`000000000000.cfg`), the same for everybody, never with a secret. */
  shared(name: string, server: Pick<ServerFacts, 'url'>, templates: Templates): DeviceFile | undefined
}

/** Values of the Event header; devices that make no difference between the two have the same for both. */
export interface WakeEvents {
  /** Look for new files, and restart only when they need it. */
  readonly resync: string
  /** Restart, whatever the files say. */
  readonly reboot: string
}

/** What the catalogue needs to know of a vendor. */
export type Vendor = Pick<Driver, 'name' | 'models' | 'prefixes' | 'dictionary' | 'unfitPassword'>

/** Makes any text harmless inside one file format, so that a value can never become a second parameter. */
export type Escape = (text: string) => string

export type RequestKind =
  | 'device' // a rendered file of one device
  | 'shared' // a default file for everybody
  | 'log' // uploaded: kept, bounded, readable by managers
  | 'overrides' // uploaded: what a user changed on the phone; kept apart, given back to that device at most
  | 'directory' // uploaded: the phone's own contacts; a rendered file may bear the same name
  | 'calls' // uploaded: call lists
  | 'phone-book' // the company's directory, made when it is asked for
  | 'firmware' // an operator's image
  | 'resource' // an operator's other file: language, ring tone, tone table
  | 'absent' // legitimately asked, never there: a fast 404

export interface RequestPattern {
  /** Matched against the path without its leading slash, case ignored. Named groups: `mac`, `model`, `file`. */
  readonly pattern: RegExp
  readonly kind: RequestKind
}

export interface UserAgentFacts {
  readonly maker: Maker
  /** The name inside the user agent, to be looked up in the catalogue. */
  readonly model?: string
  readonly mac?: string
  readonly version?: string
  /** The boot loader speaks, not the application: its version is not the firmware's. */
  readonly bootLoader?: boolean
}

/** What a renderer may know of this server. */
export interface ServerFacts {
  /** How this device reaches us, ending in a slash: `https://prov.example.net:8443/`. */
  readonly url: string
  /** The device's own account here, once it has one. */
  readonly account?: { readonly user: string; readonly password: string }
  /** The CA the device should trust, in PEM, where the vendor can take one. */
  readonly caPem?: string
  /** The image this model should run, a name under firmware/, when an operator put one there. */
  readonly firmware?: string
  /** Grows by one each time the device's files change: some devices skip a file that is not newer. */
  readonly generation: number
}

export interface DeviceFile {
  /** As the device asks it; names are matched without regard to case. */
  readonly name: string
  readonly contentType: string
  readonly body: string
  /** Holds a password or an account: only for a device that proved who it is. */
  readonly secret: boolean
}

/** A file that may have parts which other devices' files have as well. */
export type LaidFile = Omit<DeviceFile, 'body'> & { readonly body: string | Parts }

/** A directory is no part of a device's files: whoever is renamed in it changes nobody's revision. */
export interface PhoneBook {
  /** The name under which a device asks for it, in lower case. */
  name(mac: string): string
  render(entries: readonly PhoneBookEntry[]): Pick<DeviceFile, 'contentType' | 'body'>
}

export interface PhoneBookEntry {
  readonly name: string
  /** In the order they are offered. */
  readonly numbers: readonly string[]
}

/** One vendor's templates by name (`phone.xml.hbs`), each with its format's own escaping. */
export interface Templates {
  render(name: string, values: object): string
}
