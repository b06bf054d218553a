import type { Driver, RequestKind, UserAgentFacts } from '../../devices/driver.ts'
import type { Model } from '../../domain/model.ts'

/** One driver's reading of a request. */
export interface Candidate {
  readonly driver: Driver
  readonly kind: RequestKind | undefined
  readonly file: string | undefined
  readonly nameMac: string | undefined
  /** The model that the name holds, by the driver's own catalogue. */
  readonly namedModel: Model | undefined
  /** The model the user agent tells, else the name's. */
  readonly model: Model | undefined
  readonly userAgent: UserAgentFacts | undefined
}

export function readEvidence(driver: Driver, name: string, userAgent: string | undefined): Candidate {
  const spoken = userAgent === undefined ? undefined : driver.readUserAgent(userAgent)
  const asked = readName(driver, name)
  const namedModel = asked?.groups.model === undefined ? undefined : modelNamed(driver, asked.groups.model)
  const model = (spoken?.model === undefined ? undefined : modelNamed(driver, spoken.model)) ?? namedModel
  return {
    driver,
    kind: asked?.kind,
    file: asked?.groups.file,
    nameMac: asked?.groups.mac,
    namedModel,
    model,
    userAgent: spoken,
  }
}

type Groups = Readonly<Record<string, string | undefined>>

/** The first pattern that matches decides. */
function readName(driver: Driver, name: string): { kind: RequestKind; groups: Groups } | undefined {
  for (const { pattern, kind } of driver.requests) {
    const found = pattern.exec(name)
    if (found) return { kind, groups: found.groups ?? {} }
  }
  return undefined
}

/** Each driver's models by the names devices give themselves, put together once. */
const indexes = new WeakMap<Driver, ReadonlyMap<string, Model>>()

function modelNamed(driver: Driver, name: string): Model | undefined {
  let index = indexes.get(driver)
  if (!index) {
    index = new Map(driver.models.flatMap((model) => names(model).map((each) => [each, model] as const)))
    indexes.set(driver, index)
  }
  return index.get(name.toLowerCase())
}

function names(model: Model): readonly string[] {
  const written = [...(model.userAgent ? [model.userAgent] : []), ...(model.userAgentAliases ?? [])]
  return written.map((each) => each.toLowerCase())
}
