import { statSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

export interface OperatorFile {
  readonly path: string
  readonly size: number
  readonly modifiedAt: number
}

/**
 * A file that an operator put into the firmware folder. Names come from strangers: nothing outside the folder is found,
 * not even by a symbolic link, and neither folders nor hidden files are.
 */
export async function operatorFile(folder: string, name: string): Promise<OperatorFile | undefined> {
  const parts = name.split('/')
  if (parts.some((part) => part === '' || part.startsWith('.') || part.includes('\\') || part.includes('\0')))
    return undefined
  try {
    // Devices ask for many files that hardly anybody has: finding nothing is not worth another thread's time.
    if (statSync(join(folder, ...parts), { throwIfNoEntry: false }) === undefined) return undefined
    const root = await realpath(folder)
    const path = await realpath(join(root, ...parts))
    if (!path.startsWith(root + sep)) return undefined
    const found = await stat(path)
    return found.isFile() ? { path, size: found.size, modifiedAt: Math.floor(found.mtimeMs) } : undefined
  } catch {
    // Not there, or not readable: to a device both are the same.
    return undefined
  }
}
