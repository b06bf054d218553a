import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { liveDevice } from '../provision/live-device.ts'
import { withoutSecrets } from '../provision/masked.ts'
import type { RenderedFile } from '../provision/render.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { withStore } from './fleet-store.ts'
import { tellChanges } from './render-changes.ts'
import { surroundingsFor } from './render-device.ts'
import { macGiven, unknownDevice } from './story-device.ts'

export const render = command({
  name: 'render',
  summary: 'Show the files of a device as it gets them, its passwords masked',
  operands: ['MAC'],
  examples: [
    'bootline render 64:16:7f:b2:69:d6',
    'bootline render 80:5e:c0:11:22:33 --file 805ec0112233.cfg',
    'bootline render 64:16:7f:b2:69:d6 --with-secrets --out ./files',
    'bootline render 64:16:7f:b2:69:d6 --diff',
  ],
  options: {
    file: { type: 'string', value: 'NAME', about: 'only this file' },
    'with-secrets': { type: 'boolean', about: 'with the passwords; whoever sees them can use the line' },
    out: { type: 'string', value: 'FOLDER', about: 'write the files there' },
    diff: {
      type: 'boolean',
      about: 'only how they differ from those it took last, passwords masked in both',
    },
  },
  async run(context, { file, 'with-secrets': withSecrets = false, out, diff = false }, [text = '']) {
    const mac = macGiven(text)
    if (diff && (withSecrets || out !== undefined)) {
      throw new Refusal('usage', '--diff is shown, without passwords', 'leave out --with-secrets and --out')
    }
    const settings = context.settings()
    const around = await surroundingsFor(settings, context.err)
    return withStore(context, async (store) => {
      const [record] = await store.devices.readDevices([mac])
      if (!record) throw unknownDevice(mac)
      const device = liveDevice(withSecrets ? record : withoutSecrets(record), around, Date.now())
      if (!device) {
        const { model } = record.state
        throw new Refusal(
          'model-unknown',
          `${model} is not in the catalogue`,
          'bootline models lists what is',
        )
      }
      const all = [...device.rendered.files.values()]
      const files = file === undefined ? all : [fileNamed(file, all)]
      if (out !== undefined) await writeAll(out, files)
      if (diff) return tellChanges(context, store, mac, files)
      const shown = files.map(({ body, ...rest }) => ({ ...rest, body: body.toString('utf8') }))
      context.show({ mac, state: device.state, files: shown }, () =>
        out === undefined
          ? texts(files, file !== undefined)
          : files.map(({ name }) => join(out, name)).join('\n'),
      )
      return 0
    })
  },
})

function fileNamed(name: string, files: readonly RenderedFile[]): RenderedFile {
  const found = files.find((file) => file.name.toLowerCase() === name.toLowerCase())
  if (found) return found
  const names = files.map((file) => file.name).join(', ')
  throw new Refusal('usage', `the device has no file ${name}`, `its files are ${names}`)
}

/** One file alone is given as it is; several each have their name above them. */
function texts(files: readonly RenderedFile[], alone: boolean): string {
  return files
    .map(({ name, body }) => `${alone ? '' : `==> ${name} <==\n`}${body.toString('utf8').replace(/\n$/, '')}`)
    .join('\n\n')
}

/** Readable by nobody else: they hold passwords, or did before they were written again. */
async function writeAll(folder: string, files: readonly RenderedFile[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { name, body } of files) {
    const path = join(folder, basename(name))
    await writeFile(path, body, { mode: 0o600 })
    await chmod(path, 0o600)
  }
}
