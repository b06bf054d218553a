import type { Model } from '../../domain/model.ts'
import { device, type Facts, sameHardware, sameImage } from './models-family.ts'

const v84 = (name: string, facts: Facts): Model => device(name, 'v84', facts)
const t3 = (name: string, facts: Omit<Facts, 'images'>): Model =>
  v84(name, { images: [124], ...sameImage, ...facts })
const t7 = (name: string, lines: number, keys: number, said: number, facts: Partial<Model>): Model =>
  v84(name, {
    images: [185],
    ...sameImage,
    keys,
    lines,
    expansions: { exp55: { keys: 78, max: 3 } },
    note: `One source gives ${said} keys, another ${keys}.`,
    ...facts,
  })

const exp50 = { exp50: { keys: 60, max: 3, keysPerPage: 20 } }

export const t3Models: readonly Model[] = [
  t3('T30', { hardwareCode: '127', ...sameHardware, confidence: 'likely' }),
  t3('T30P', { hardwareCode: '127', ...sameHardware, confidence: 'likely' }),
  t3('T31', { hardwareCode: '123', ...sameHardware, keys: 2, keysPerPage: 2, lines: 2 }),
  t3('T31P', { hardwareCode: '123', ...sameHardware, keys: 2, keysPerPage: 2, lines: 2 }),
  t3('T31G', { hardwareCode: '123', ...sameHardware, keys: 2, keysPerPage: 2, lines: 2 }),
  t3('T31W', { hardwareCode: '172', keys: 2, keysPerPage: 2, lines: 2 }),
  t3('T33P', { hardwareCode: '124', ...sameHardware, keys: 12, buttons: 4, lines: 4 }),
  t3('T33G', { hardwareCode: '124', ...sameHardware, keys: 12, buttons: 4, lines: 4 }),
  t3('T34W', { hardwareCode: '171', keys: 12, buttons: 4, lines: 4 }),
]

/** The T53 and the T57W had images of their own before V85, and share the T54W's since. */
const t53 = {
  hardwareCode: '095',
  images: [95, 96],
  keys: 21,
  buttons: 8,
  lines: 12,
  expansions: exp50,
  ...sameHardware,
}
const t58 = { hardwareCode: '058', images: [58], keys: 27, lines: 16, expansions: exp50, ...sameHardware }

export const t5Models: readonly Model[] = [
  v84('T52S', { hardwareCode: '074', images: [70], keys: 21, lines: 12, expansions: exp50, ...sameImage }),
  v84('T53', t53),
  v84('T53W', t53),
  v84('T53C', t53),
  v84('T54S', {
    hardwareCode: '070',
    images: [70],
    keys: 27,
    buttons: 10,
    lines: 16,
    expansions: exp50,
    ...sameImage,
  }),
  v84('T54W', { hardwareCode: '096', images: [96], keys: 27, buttons: 10, lines: 16, expansions: exp50 }),
  device('T56A', 'v8x', {
    hardwareCode: '056',
    images: [58],
    keys: 27,
    lines: 16,
    expansions: exp50,
    ...sameImage,
    confidence: 'likely',
  }),
  v84('T57W', { hardwareCode: '097', images: [96, 97], keys: 29, lines: 16, expansions: exp50 }),
  v84('T58', t58),
  v84('T58A', t58),
  v84('T58V', t58),
  v84('T58W', { hardwareCode: '150', images: [150], keys: 27, lines: 16, expansions: exp50 }),
  v84('VP59', {
    hardwareCode: '091',
    images: [91],
    keys: 27,
    lines: 16,
    confidence: 'likely',
    note: 'Its user agent was never seen.',
  }),
]

const t88 = { hardwareCode: '192', images: [192], ...sameHardware }

export const t7Models: readonly Model[] = [
  t7('T73U', 12, 40, 48, { hardwareCode: '186' }),
  t7('T73W', 12, 40, 48, { hardwareCode: '183' }),
  t7('T74U', 16, 50, 60, { hardwareCode: '187' }),
  t7('T74W', 16, 50, 60, { hardwareCode: '184' }),
  t7('T77U', 16, 56, 95, { hardwareCode: '188' }),
  t7('T85W', 16, 60, 72, { hardwareCode: '196' }),
  t7('T87W', 16, 84, 95, { hardwareCode: '197' }),
  t7('T88V', 16, 84, 95, t88),
  t7('T88W', 16, 84, 95, t88),
  v84('AX83H', { hardwareCode: '180', images: [180], lines: 4, ...sameImage }),
  v84('AX86R', { hardwareCode: '182', images: [180], lines: 4, ...sameImage }),
]
