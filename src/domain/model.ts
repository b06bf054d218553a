/** How much is known of a fact: the vendor's own text or a capture, one good source, or a guess to be tested. */
export type Confidence = 'verified' | 'likely' | 'unsure'

export type ModelKind = 'phone' | 'conference' | 'dect-base' | 'ata'

/** The three families of makers whose devices Bootline serves; Poly is what Polycom became. */
export type Maker = 'polycom' | 'poly' | 'yealink' | 'audiocodes'

export interface ExpansionModule {
  /** Keys of one module, all its pages counted. */
  readonly keys: number
  /** How many such modules one phone takes, all of this kind. */
  readonly max: number
  /** Keys on one page of its screen, where they are on several. */
  readonly keysPerPage?: number
  /** Its keys are labelled with paper, which somebody prints. */
  readonly paper?: true
}

/** One line of the catalogue: everything Bootline knows of a device type, as data. */
export interface Model {
  /** What people type: `polycom/vvx-450`. */
  readonly id: string
  readonly maker: Maker
  readonly label: string
  readonly kind: ModelKind
  /** The model's name inside its HTTP user agent, as the device writes it: `VVX_450`, `SIP-T54W`'s `T54W`. */
  readonly userAgent?: string
  /** Other names the same hardware is known to send. */
  readonly userAgentAliases?: readonly string[]
  /**
   * All keys a page change can reach, the line's own and the memory keys among them.
   * 0: a phone without keys that Bootline can use; absent: no phone at all, an adapter.
   */
  readonly keys?: number
  /** How many of `keys`, the last ones, are memory keys: lamps beside the screen with parameters of their own. */
  readonly memoryKeys?: number
  /** The device counts lines from 0 in its parameters where its family counts from 1. */
  readonly linesFromZero?: true
  /** Buttons beside the screen, where their number is known; of fewer buttons than keys the last one turns the page. */
  readonly buttons?: number
  /** Keys on one page of the screen, where it is known and no button turns the page. */
  readonly keysPerPage?: number
  /** Key slots of the phone itself once a module is attached, where attaching one ends the paging. */
  readonly keysBesideExpansion?: number
  /** SIP registrations the device holds; 1, the one that is used, where the number is not established. */
  readonly lines: number
  /** Lines it can be given to: handsets of a DECT base, telephone ports of an ATA, 1 for a phone. */
  readonly ports: number
  readonly expansions?: Readonly<Record<string, ExpansionModule>>
  /** The vendor's code in a shared file name: the `108` of Yealink's `y000000000108.cfg`. */
  readonly hardwareCode?: string
  /** The part number in front of a Polycom firmware name: `3111-48840-001`. */
  readonly partNumber?: string
  /** A regular expression (source text) that the whole name of a firmware image for this model matches. */
  readonly firmware?: string
  /** Facts that other models bear too, by intent; any other repetition in the catalogue is a mistake. */
  readonly shares?: readonly ('firmware' | 'hardwareCode')[]
  /** What a vendor's renderer must know of the family: `ucs6`, `pvos`, `t5`, `dect-single`, `mp-1xx`… */
  readonly generation: string
  readonly confidence: Confidence
  /** What is not established, in plain words. */
  readonly note?: string
}

/** What the rules ask of the catalogue. */
export interface ModelLookup {
  find(id: string): Model | undefined
  /** Ids that resemble a mistyped one, best first. */
  similar(id: string): readonly string[]
  isMaker(name: string): boolean
  /** The makers whose address blocks hold this MAC; empty when it is nobody's that we know. */
  makersOf(mac: string): readonly Maker[]
  /** The parameters known of a maker's or a model's devices. */
  parametersOf(scope: string): KnownParameters | undefined
  /** Why a model's files cannot carry this password, without telling the password. */
  unfitPassword(model: Model, password: string): string | undefined
}

export interface KnownParameters {
  has(name: string): boolean
  readonly names: readonly string[]
}
