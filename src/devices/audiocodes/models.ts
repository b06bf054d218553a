import type { Model } from '../../domain/model.ts'
import type { Driver } from '../driver.ts'

type Facts = Partial<Model> & Pick<Model, 'keys'>

/** A phone asks `420HD.img`; releases bear their version, and the 405HD's its number alone: `405_2.2.16.501.img`. */
function phone(name: string, generation: 'hd2' | 'hd3', facts: Facts): Model {
  return {
    id: `audiocodes/${name.toLowerCase()}`,
    maker: 'audiocodes',
    label: `AudioCodes ${name}`,
    kind: 'phone',
    userAgent: name,
    lines: 1,
    ports: 1,
    firmware: `${name.replace(/HD$/, '(?:HD)?')}(?:_\\d+(?:\\.\\d+)+)?\\.img`,
    generation,
    confidence: 'likely',
    ...facts,
  }
}

function adapter(name: string, ports: number, facts: Partial<Model> & Pick<Model, 'generation'>): Model {
  return {
    id: `audiocodes/${name.toLowerCase()}`,
    maker: 'audiocodes',
    label: `AudioCodes ${name}`,
    kind: 'ata',
    lines: ports,
    ports,
    confidence: 'likely',
    ...facts,
  }
}

function mp11x(name: string, ports: number): Model {
  const note = 'No request of this device was seen: its name in the user agent is not confirmed.'
  return adapter(name, ports, {
    generation: 'mp-1xx',
    userAgent: name,
    firmware: 'MP11.*\\.cmp',
    shares: ['firmware'],
    note,
  })
}

/** Twelve keys with labels, which come first for supervision, then the six line keys. */
const hd2Keys = { keys: 18, lines: 6 }
const keysUnknown = 'How many keys it has is not established, so none are offered.'

/**
 * Generations:
 * - `hd2`: desk phones with generic SIP software 2.2.x
 * - `hd3`: desk phones with 3.4.x and later
 * - `mp-1xx`: MediaPack gateways, ini files
 * - `mp-20x`: telephone adapters of the OpenRG family
 */
export const audiocodesModels: readonly Model[] = [
  phone('405HD', 'hd2', {
    keys: 0,
    lines: 2,
    note: 'Its nine speed-dial keys are long presses of the digits, without lamp or label; one source gives three lines, another six indexes.',
  }),
  phone('420HD', 'hd2', { keys: 0, lines: 2, note: 'Whether its line keys can be programmed is not known.' }),
  phone('425HD', 'hd3', {
    keys: 0,
    confidence: 'unsure',
    note: `${keysUnknown} The number of lines is unknown too.`,
  }),
  phone('430HD', 'hd2', hd2Keys),
  phone('440HD', 'hd2', { ...hd2Keys, userAgentAliases: ['440HDG'], confidence: 'verified' }),
  phone('445HD', 'hd3', {
    keys: 0,
    lines: 8,
    confidence: 'unsure',
    note: `${keysUnknown} Eight lines are expected.`,
  }),
  phone('450HD', 'hd3', {
    keys: 38,
    lines: 8,
    note: 'The keys are those of its touch screen with the expansion; the share of the phone alone is not known.',
  }),
  phone('C450HD', 'hd3', {
    keys: 0,
    lines: 8,
    confidence: 'unsure',
    note: `${keysUnknown} Eight lines are expected.`,
  }),
  mp11x('MP-112', 2),
  mp11x('MP-114', 4),
  mp11x('MP-118', 8),
  adapter('MP-124', 24, {
    generation: 'mp-1xx',
    userAgent: 'MP-124',
    firmware: 'MP124.*\\.cmp',
    note: 'No request of this device was seen: its name in the user agent is not confirmed.',
  }),
  adapter('MP-202B', 2, {
    generation: 'mp-20x',
    userAgent: 'MP202',
    userAgentAliases: ['MP202 B'],
    note: 'The HTTP user agent, the file names asked and the image name are not established.',
  }),
  adapter('MP-204B', 4, {
    generation: 'mp-20x',
    userAgent: 'MP204',
    note: 'Known through the MP-202B; the user agent, the file names asked and the image name are not established.',
  }),
]

export const audiocodesPrefixes: Driver['prefixes'] = { audiocodes: ['00908f'] }
