import type { Model } from '../../domain/model.ts'
import { device, type Facts, sameHardware } from './models-family.ts'

const conference = (name: string, generation: 'v8x' | 'v84', facts: Facts): Model =>
  device(name, generation, { kind: 'conference', ...facts })

export const conferenceModels: readonly Model[] = [
  conference('CP860', 'v8x', { hardwareCode: '037', images: [37] }),
  conference('CP920', 'v84', { hardwareCode: '078', images: [78] }),
  conference('CP925', 'v84', {
    hardwareCode: '148',
    images: [148],
    confidence: 'likely',
    note: 'Its user agent was never seen.',
  }),
  conference('CP960', 'v8x', {
    hardwareCode: '073',
    images: [73],
    note: 'Older templates knew 30 keys; no later one does.',
  }),
  conference('CP965', 'v84', {
    hardwareCode: '143',
    images: [143],
    confidence: 'likely',
    note: 'Its user agent was never seen.',
  }),
]

/** A base holds one account per handset, and its handsets have no keys to give out. */
function dect(
  name: string,
  generation: 'dect-single' | 'dect-multi',
  handsets: number,
  facts: Facts & Pick<Model, 'hardwareCode'>,
): Model {
  return device(name, generation, { kind: 'dect-base', lines: handsets, ports: handsets, ...facts })
}

const role = 'Only the manager of a multi-cell system holds the accounts; the other bases are not linked.'

/**
 * Kits are sold under other names: W53P and W60P hold a W60B, W73P, W76P and W79P a W70B. A W56P kit holds the base
 * of the W52P, which says W52P of itself. A multi-cell base in the manager's role says so in its name.
 */
export const dectModels: readonly Model[] = [
  dect('W52P', 'dect-single', 5, { hardwareCode: '025', images: [25], ...sameHardware }),
  withoutUserAgent(dect('W56P', 'dect-single', 5, { hardwareCode: '025', images: [25], ...sameHardware })),
  dect('W60B', 'dect-single', 8, { hardwareCode: '077', images: [77] }),
  dect('W70B', 'dect-single', 10, { hardwareCode: '146', images: [146] }),
  dect('W75B', 'dect-multi', 20, {
    hardwareCode: '175',
    images: [175],
    userAgentAliases: ['W75DM'],
    confidence: 'likely',
    note: `${role} The number of handsets is not confirmed.`,
  }),
  dect('W80B', 'dect-multi', 100, {
    hardwareCode: '103',
    images: [103],
    userAgentAliases: ['W80DM'],
    confidence: 'likely',
    note: `${role} One public template writes 30 accounts only.`,
  }),
  dect('W90B', 'dect-multi', 250, {
    hardwareCode: '130',
    images: [130],
    userAgentAliases: ['W90DM'],
    confidence: 'likely',
    note: role,
  }),
]

function withoutUserAgent({ userAgent: _, ...model }: Model): Model {
  return model
}
