import type { DeviceFile, LaidFile } from '../../src/devices/driver.ts'
import { textOf } from '../../src/devices/parts.ts'

/** A driver's files with their parts put together. */
export function whole(files: readonly LaidFile[]): readonly DeviceFile[] {
  return files.map((file) => ({
    ...file,
    body: typeof file.body === 'string' ? file.body : textOf(file.body),
  }))
}
