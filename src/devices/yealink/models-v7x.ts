import type { Model } from '../../domain/model.ts'
import { device, type Facts } from './models-family.ts'

const v7x = (name: string, facts: Facts): Model => device(name, 'v7x', facts)

/** Ten keys with lamps beside the screen, after the six (or three) line keys. */
const memoryKeys = 10
const modules = { exp38: { keys: 38, max: 6 }, exp39: { keys: 39, max: 6 } }

export const v7xModels: readonly Model[] = [
  v7x('T18', {
    hardwareCode: '009',
    images: [18],
    confidence: 'unsure',
    note: 'Keys and accounts are not established.',
  }),
  v7x('T19P', { hardwareCode: '031', images: [31] }),
  v7x('T20P', { hardwareCode: '007', images: [9], keys: 2, lines: 2 }),
  v7x('T21P', { hardwareCode: '034', images: [34], userAgentAliases: ['T21D'], keys: 2, lines: 2 }),
  v7x('T22P', { hardwareCode: '005', images: [7], keys: 3, lines: 3 }),
  v7x('T26P', { hardwareCode: '004', images: [6], keys: 13, memoryKeys, lines: 3, expansions: modules }),
  v7x('T28P', { hardwareCode: '000', images: [2], keys: 16, memoryKeys, lines: 6, expansions: modules }),
  v7x('T32G', { hardwareCode: '032', images: [32], keys: 3, lines: 3, linesFromZero: true }),
  v7x('T38G', {
    hardwareCode: '038',
    images: [38],
    keys: 16,
    memoryKeys,
    lines: 6,
    linesFromZero: true,
    expansions: modules,
  }),
  v7x('VP530', {
    hardwareCode: '023',
    images: [23],
    userAgentAliases: ['VP530P'],
    lines: 4,
    note: 'How many keys it has is not established, so none are offered.',
  }),
]
