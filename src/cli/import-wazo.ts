import { catalogue } from '../devices/catalogue.ts'
import { csvText } from '../fleet/import/export.ts'
import { wazoSheet } from '../fleet/import/wazo.ts'
import type { Context } from './context.ts'

/** Writes a table of the devices in a list of wazo-provd, and tells of those that it cannot fill in whole. */
export function putWazoSheet(context: Context, bytes: Uint8Array): number {
  const { rows, problems } = wazoSheet(bytes, catalogue)
  for (const { path, code, wrong, right } of problems) context.err(`${path}: ${code}: ${wrong} → ${right}`)
  context.bytes(Buffer.from([...csvText(rows)].join('')))
  return 0
}
