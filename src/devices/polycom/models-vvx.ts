import type { Model } from '../../domain/model.ts'
import { type Facts, model } from './models-family.ts'

function vvx(number: string, generation: 'ucs5' | 'ucs6', facts: Facts): Model {
  const identity = { id: `polycom/vvx-${number}`, label: `Polycom VVX ${number}`, userAgent: `VVX_${number}` }
  return model({ ...identity, maker: 'polycom', generation }, facts)
}

/** The module with paper labels, and the one with a colour screen of three pages. */
const modules = {
  'em-paper': { keys: 40, max: 3, paper: true },
  'em-color': { keys: 84, max: 3, keysPerPage: 28 },
} as const
const em50 = { em50: { keys: 90, max: 1, keysPerPage: 30 } }

const paged = 'The number of pages is taken over from the VVX 450.'

export const vvxModels: readonly Model[] = [
  vvx('101', 'ucs6', { partNumber: '3111-40250-001', keys: 2, keysPerPage: 2 }),
  vvx('201', 'ucs6', { partNumber: '3111-40450-001', keys: 2, keysPerPage: 2, lines: 2 }),
  vvx('150', 'ucs6', { partNumber: '3111-48810-001', keys: 2, keysPerPage: 2, lines: 2 }),
  vvx('250', 'ucs6', {
    partNumber: '3111-48820-001',
    keys: 16,
    keysPerPage: 4,
    lines: 4,
    confidence: 'likely',
    note: paged,
  }),
  vvx('350', 'ucs6', {
    partNumber: '3111-48830-001',
    keys: 24,
    keysPerPage: 6,
    lines: 6,
    confidence: 'likely',
    note: paged,
  }),
  vvx('450', 'ucs6', {
    partNumber: '3111-48840-001',
    keys: 48,
    keysPerPage: 12,
    keysBesideExpansion: 12,
    lines: 12,
    expansions: em50,
  }),
  vvx('300', 'ucs5', { partNumber: '3111-46135-002', keys: 6, lines: 6, expansions: modules }),
  vvx('310', 'ucs5', { partNumber: '3111-46161-001', keys: 6, lines: 6, expansions: modules }),
  vvx('400', 'ucs5', { partNumber: '3111-46157-002', keys: 12, lines: 12, expansions: modules }),
  vvx('410', 'ucs5', { partNumber: '3111-46162-001', keys: 12, lines: 12, expansions: modules }),
  vvx('500', 'ucs5', { partNumber: '3111-44500-001', keys: 12, lines: 12, expansions: modules }),
  vvx('600', 'ucs5', { partNumber: '3111-44600-001', keys: 16, lines: 16, expansions: modules }),
  vvx('301', 'ucs6', { partNumber: '3111-48300-001', keys: 6, lines: 6, expansions: modules }),
  vvx('311', 'ucs6', { partNumber: '3111-48350-001', keys: 6, lines: 6, expansions: modules }),
  vvx('401', 'ucs6', { partNumber: '3111-48400-001', keys: 12, lines: 12, expansions: modules }),
  vvx('411', 'ucs6', { partNumber: '3111-48450-001', keys: 12, lines: 12, expansions: modules }),
  vvx('501', 'ucs6', { partNumber: '3111-48500-001', keys: 12, lines: 12, expansions: modules }),
  vvx('601', 'ucs6', { partNumber: '3111-48600-001', keys: 16, lines: 16, expansions: modules }),
  vvx('1500', 'ucs5', { partNumber: '2345-17960-001', keys: 6, lines: 6 }),
]
