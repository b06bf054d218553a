import type { Model } from '../../domain/model.ts'
import { device, type Facts, sameHardware, sameImage } from './models-family.ts'

const v8x = (name: string, facts: Facts): Model => device(name, 'v8x', facts)
const s = (name: string, facts: Omit<Facts, 'images'>): Model =>
  device(name, 'v84', { images: [66], ...sameImage, ...facts })
const u = (name: string, facts: Omit<Facts, 'images'>): Model =>
  device(name, 'v84', { images: [108], ...sameImage, ...facts })

/** Of its 40 places two change the page. */
const exp20 = { exp20: { keys: 38, max: 6 } }
const exp40 = { exp40: { keys: 40, max: 6, keysPerPage: 20 } }
const exp43 = { exp43: { keys: 60, max: 3, keysPerPage: 20 } }

const fewer = (lower: number, higher: number) => `One source gives ${higher} keys, another ${lower}.`

export const t2Models: readonly Model[] = [
  v8x('T19P_E2', { hardwareCode: '053', images: [53] }),
  v8x('T21P_E2', { hardwareCode: '052', images: [52], keys: 2, lines: 2 }),
  v8x('T23P', { hardwareCode: '044', images: [44], keys: 3, keysPerPage: 3, lines: 3, ...sameHardware }),
  v8x('T23G', { hardwareCode: '044', images: [44], keys: 3, keysPerPage: 3, lines: 3, ...sameHardware }),
  v8x('T27P', { hardwareCode: '045', images: [45], keys: 21, lines: 6, expansions: exp20 }),
  v8x('T27G', { hardwareCode: '069', images: [69], keys: 21, lines: 6, expansions: exp20 }),
  v8x('T29G', { hardwareCode: '046', images: [46], keys: 27, lines: 16, expansions: exp20 }),
]

export const t4Models: readonly Model[] = [
  v8x('T40P', { hardwareCode: '054', images: [54], keys: 3, lines: 3 }),
  v8x('T40G', { hardwareCode: '076', images: [76], keys: 3, lines: 3 }),
  v8x('T41P', { hardwareCode: '036', images: [36], keys: 15, buttons: 6, lines: 6 }),
  v8x('T42G', { hardwareCode: '029', images: [29], keys: 15, buttons: 6, lines: 12 }),
  v8x('T46G', { hardwareCode: '028', images: [28], keys: 27, buttons: 10, lines: 16, expansions: exp40 }),
  v8x('T48G', { hardwareCode: '035', images: [35], keys: 29, lines: 16, expansions: exp40 }),
  v8x('T49G', {
    hardwareCode: '051',
    images: [51],
    userAgentAliases: ['VP-T49G'],
    keys: 29,
    lines: 16,
    confidence: 'likely',
    note: 'The key count is not confirmed.',
  }),
  s('T41S', { hardwareCode: '068', keys: 15, buttons: 6, lines: 6 }),
  s('T42S', { hardwareCode: '067', keys: 15, buttons: 6, lines: 12 }),
  s('T46S', { hardwareCode: '066', keys: 27, buttons: 10, lines: 16, expansions: exp40 }),
  s('T48S', { hardwareCode: '065', keys: 29, lines: 16, expansions: exp40 }),
  u('T41U', { keys: 15, buttons: 6, lines: 6, note: 'The code of its common file is not established.' }),
  u('T42U', { hardwareCode: '116', keys: 15, buttons: 6, lines: 12 }),
  u('T43U', { hardwareCode: '107', keys: 15, buttons: 8, lines: 12, expansions: exp43, note: fewer(15, 21) }),
  u('T44U', {
    keys: 21,
    buttons: 8,
    lines: 12,
    confidence: 'likely',
    note: `${fewer(21, 24)} The code of its common file is not established.`,
  }),
  u('T44W', {
    hardwareCode: '174',
    keys: 21,
    buttons: 8,
    lines: 12,
    confidence: 'likely',
    note: fewer(21, 24),
  }),
  u('T46U', { hardwareCode: '108', keys: 27, buttons: 10, lines: 16, expansions: exp43 }),
  u('T48U', { hardwareCode: '109', keys: 29, lines: 16, expansions: exp43 }),
]
