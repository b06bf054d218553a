import type { Model } from '../../domain/model.ts'
import { type Facts, model } from './models-family.ts'

function soundPoint(number: string, generation: 'sip3' | 'ucs4', facts: Facts): Model {
  const identity = { id: `polycom/soundpoint-ip-${number}`, label: `Polycom SoundPoint IP ${number}` }
  return model({ ...identity, userAgent: `SPIP_${number}`, maker: 'polycom', generation }, facts)
}

function soundStation(number: string, partNumber: string): Model {
  const identity = { id: `polycom/soundstation-ip-${number}`, label: `Polycom SoundStation IP ${number}` }
  return model(
    { ...identity, userAgent: `SSIP_${number}`, maker: 'polycom', generation: 'ucs4' },
    { kind: 'conference', partNumber, keys: 0 },
  )
}

/** Three modules bring the six keys to 48. */
const modules = {
  'em-paper': { keys: 14, max: 3, paper: true },
  'em-lcd': { keys: 14, max: 3 },
} as const

export const soundPointModels: readonly Model[] = [
  soundPoint('320', 'sip3', { partNumber: '2345-12200-002', keys: 2, lines: 2 }),
  soundPoint('330', 'sip3', { partNumber: '2345-12200-001', keys: 2, lines: 2 }),
  soundPoint('430', 'sip3', { partNumber: '2345-11402-001', keys: 2, lines: 2 }),
  soundPoint('601', 'sip3', {
    keys: 0,
    confidence: 'unsure',
    note: 'Keys, registrations and part number are not established; only its user agent was seen.',
  }),
  soundPoint('321', 'ucs4', { partNumber: '2345-12360-001', keys: 2, lines: 2 }),
  soundPoint('331', 'ucs4', { partNumber: '2345-12365-001', keys: 2, lines: 2 }),
  soundPoint('335', 'ucs4', {
    partNumber: '2345-12375-001',
    keys: 0,
    lines: 2,
    note: 'Its two line keys cannot show whether a supervised line is busy, so they are not offered.',
  }),
  soundPoint('450', 'ucs4', { partNumber: '2345-12450-001', keys: 3, lines: 3 }),
  soundPoint('550', 'ucs4', { partNumber: '2345-12500-001', keys: 4, lines: 4 }),
  soundPoint('560', 'ucs4', { partNumber: '2345-12560-001', keys: 4, lines: 4 }),
  soundPoint('650', 'ucs4', { partNumber: '2345-12600-001', keys: 6, lines: 34, expansions: modules }),
  soundPoint('670', 'ucs4', { partNumber: '2345-12670-001', keys: 6, lines: 34, expansions: modules }),
]

export const soundStationModels: readonly Model[] = [
  soundStation('5000', '3111-30900-001'),
  soundStation('6000', '3111-15600-001'),
  soundStation('7000', '3111-40000-001'),
  model(
    {
      id: 'polycom/soundstation-duo',
      label: 'Polycom SoundStation Duo',
      userAgent: 'SSDuo',
      maker: 'polycom',
      generation: 'ucs4',
    },
    {
      kind: 'conference',
      partNumber: '3111-19000-001',
      keys: 0,
      confidence: 'likely',
      note: 'The part number is not confirmed.',
    },
  ),
]
