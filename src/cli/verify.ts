import { existsSync } from 'node:fs'
import type { Flaw } from '../store/examine.ts'
import { layoutOf } from '../store/files.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'
import { withStore } from './fleet-store.ts'
import { surroundingsFor } from './render-device.ts'
import { renderEveryDevice } from './verify-devices.ts'

/** Reads and changes nothing: it may be asked beside a running server, and of a copy before it is needed. */
export const verify = command({
  name: 'verify',
  summary: 'Check the whole data folder: the database, every secret in it, the files of every device',
  examples: ['bootline verify', 'BOOTLINE_DATA=/srv/restored bootline verify --json'],
  options: {},
  async run(context) {
    const settings = context.settings()
    const { database, folder } = layoutOf(settings.data)
    // Opening would make one, and an empty database is always whole.
    if (settings.databaseUrl === undefined && !existsSync(database))
      throw new Refusal(
        'store-missing',
        `there is no database in ${folder}`,
        'set BOOTLINE_DATA to the folder that is meant, or restore a backup there',
      )
    return withStore(context, async (store) => {
      await store.check()
      const { secrets, flaws } = await watched(context, 'secrets opened:', (tell) => store.examine(tell))
      const surroundings = await surroundingsFor(settings, context.err)
      const rendered = await watched(context, 'devices rendered:', (tell) =>
        renderEveryDevice(store, surroundings, tell),
      )
      const { devices, files } = rendered
      const found = [...flaws, ...rendered.flaws]
      const well = found.length === 0
      context.show({ well, folder, secrets, devices, files, flaws: found }, () =>
        [
          ...found.flatMap(told),
          `The database ${settings.databaseUrl === undefined ? `in ${folder}` : 'of BOOTLINE_DATABASE_URL'} is whole; ${secrets} secrets, ${devices} devices with ${files} files.`,
          well ? 'All is well.' : `${found.length} ${found.length === 1 ? 'thing is' : 'things are'} wrong.`,
        ].join('\n'),
      )
      return well ? 0 : 1
    })
  },
})

async function watched<T>(
  context: Context,
  what: string,
  work: (tell: (done: number) => void) => Promise<T>,
): Promise<T> {
  const progress = context.progress(what)
  try {
    return await work((done) => progress.at(done))
  } finally {
    progress.end()
  }
}

function told({ code, where, wrong, right }: Flaw): readonly string[] {
  return [`${code}  ${where}: ${wrong}`, `  → ${right}`]
}
