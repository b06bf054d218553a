import type { z } from 'zod'
import type { changesOf, filesOf } from '../../routes/devices-files.ts'
import type { Page } from '../page.ts'
import { deviceHead } from './device.ts'
import type { WholeDevice } from './loop.ts'

/** The files as the device gets them, and what is new in them since it took them last. */
export const filesPage: Page = {
  path: '/devices/{mac}/files',
  action: 'device.files',
  async show(visit) {
    const { ask, params, text } = visit
    const { body: device } = await ask<WholeDevice>('readDevice', { params })
    const { body: files } = await ask<z.output<typeof filesOf>>('readDeviceFiles', { params })
    const { body: changes } = await ask<z.output<typeof changesOf>>('readDeviceChanges', { params })
    const changed = changes.items.filter((file) => file.changed)
    return {
      view: 'devices/files',
      title: text('device.files'),
      place: 'devices',
      data: {
        ...deviceHead(visit, device, 'files'),
        files: files.items.map((file) => ({ ...file, lines: file.body.split('\n').length })),
        taken: changes.taken,
        changed: changed.map(({ name, unified }) => ({ name, blocks: diffBlocks(unified) })),
      },
    }
  },
}

interface Block {
  readonly kind: 'comes' | 'goes' | 'stays'
  readonly text: string
}

/** A unified difference in pieces that can be coloured; lines of the same kind stand together. */
function diffBlocks(unified: string): readonly Block[] {
  const blocks: { kind: Block['kind']; lines: string[] }[] = []
  // The names of the files stand above it already.
  for (const line of unified
    .replace(/^--- .*\n\+\+\+ .*\n/, '')
    .replace(/\n$/, '')
    .split('\n')) {
    const kind = line.startsWith('+') ? 'comes' : line.startsWith('-') ? 'goes' : 'stays'
    const last = blocks.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else blocks.push({ kind, lines: [line] })
  }
  return blocks.map(({ kind, lines }) => ({ kind, text: lines.join('\n') }))
}
