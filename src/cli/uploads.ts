import { join } from 'node:path'
import { createUploads, type StoredUpload } from '../delivery/uploads.ts'
import { formatMac } from '../domain/mac.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { macGiven } from './story-device.ts'
import { printable } from './story-text.ts'
import { instant, moment } from './story-times.ts'
import { table } from './table.ts'

export const uploads = command({
  name: 'uploads',
  summary: 'List what a device sent, its logs and what its user changed, or show one file of it',
  operands: ['MAC'],
  examples: [
    'bootline uploads 64:16:7f:b2:69:d6',
    'bootline uploads 64:16:7f:b2:69:d6 --file 64167fb269d6-app.log',
  ],
  options: { file: { type: 'string', value: 'NAME', about: 'print this file' } },
  async run(context, { file }, [text = '']) {
    const mac = macGiven(text)
    const kept = createUploads(join(context.settings().data, 'uploads'))
    const all = await kept.list(mac)
    if (file === undefined) {
      context.show(all.map(jsonOf), () =>
        all.length === 0 ? `${formatMac(mac)} sent nothing that is still here.` : textOf(all),
      )
      return 0
    }
    const { kind, name } = uploadNamed(file, mac, all)
    const body = await kept.read(mac, kind, name)
    if (context.isTerminal || context.json) {
      const shown = body.toString('utf8')
      context.show({ mac, kind, name, body: shown }, () => harmless(shown).replace(/\n$/, ''))
    } else context.bytes(body)
    return 0
  },
})

function textOf(all: readonly StoredUpload[]): string {
  return table([
    ['FILE', 'KIND', 'BYTES', 'SENT'],
    ...all.map(({ name, kind, size, at }) => [printable(name), kind, String(size), moment(at)]),
  ])
}

function jsonOf({ at, ...upload }: StoredUpload): object {
  return { ...upload, at: instant(at) }
}

function uploadNamed(name: string, mac: string, all: readonly StoredUpload[]): StoredUpload {
  const found = all.find((upload) => upload.name === name)
  if (found) return found
  const names = all.map((upload) => printable(upload.name)).join(', ')
  throw new Refusal(
    'usage',
    `${formatMac(mac)} sent no file ${name}`,
    names === '' ? 'nothing that it sent is here' : `it sent ${names}`,
  )
}

/** A device writes what it likes: nothing in it may move the cursor of a person's terminal. */
function harmless(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '')
}
