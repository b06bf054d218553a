import { liveDevice, type Surroundings } from '../provision/live-device.ts'
import type { DeviceRecord } from '../store/devices.ts'
import { type Flaw, flaw } from '../store/examine.ts'
import type { Store } from '../store/store.ts'

export interface RenderedCount {
  readonly devices: number
  readonly files: number
  readonly flaws: readonly Flaw[]
}

const pageSize = 200

/** Renders every device as the device plane does, and says which would have no files. */
export async function renderEveryDevice(
  { devices }: Pick<Store, 'devices'>,
  surroundings: Surroundings,
  tell: (done: number) => void,
): Promise<RenderedCount> {
  const flaws: Flaw[] = []
  const count = { devices: 0, files: 0 }
  for (let page = await devices.devicePage(undefined, pageSize); page.length > 0; ) {
    for (const read of await readPage(devices, page)) {
      const rendered = 'flaw' in read ? read.flaw : render(read, surroundings)
      if (typeof rendered === 'number') count.files += rendered
      else flaws.push(rendered)
    }
    count.devices += page.length
    tell(count.devices)
    page = await devices.devicePage(page.at(-1), pageSize)
  }
  return { ...count, flaws }
}

type Read = DeviceRecord | { readonly flaw: Flaw }

/** One device that cannot be read must not hide the others of its page. */
async function readPage(devices: Store['devices'], macs: readonly string[]): Promise<readonly Read[]> {
  try {
    return await devices.readDevices(macs)
  } catch (error) {
    const [mac] = macs
    if (mac !== undefined && macs.length === 1) return [{ flaw: notRendered(`device ${mac}`, error) }]
    const half = Math.ceil(macs.length / 2)
    return [...(await readPage(devices, macs.slice(0, half))), ...(await readPage(devices, macs.slice(half)))]
  }
}

/** How many files it has, or why it has none. */
function render(record: DeviceRecord, surroundings: Surroundings): number | Flaw {
  const where = placeOf(record)
  try {
    const files = liveDevice(record, surroundings, 0)?.rendered.files.size
    if (files !== undefined) return files
  } catch (error) {
    return notRendered(where, error)
  }
  const { model } = record.state
  return flaw(
    'model-unknown',
    where,
    `${model} is not in the catalogue of this version`,
    'bootline models lists what is',
  )
}

function placeOf({ state, lines }: DeviceRecord): string {
  const numbers = lines.map(({ number }) => number).join(', ')
  return `device ${state.mac}, ${numbers === '' ? 'without a line' : `line ${numbers}`}`
}

function notRendered(where: string, error: unknown): Flaw {
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const right =
    'correct what it says of the line, the model or the template; bootline render shows the device alone'
  return flaw('device-not-rendered', where, reason, right)
}
