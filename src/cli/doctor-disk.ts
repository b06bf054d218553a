import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import type { Settings } from '../settings.ts'
import { codeOf, type Finding, good, warning, wrong } from './doctor-finding.ts'

const mebibyte = 1024 * 1024
/** SQLite needs room for its journal, and a backup for a whole copy. */
const room = { little: 1024 * mebibyte, none: 100 * mebibyte }

export async function lookAtDisk({ data, key, keyFile }: Settings): Promise<readonly Finding[]> {
  return [...(await lookAtFolder(data)), ...(key === undefined ? await lookAtKey(keyFile) : [])]
}

async function lookAtFolder(folder: string): Promise<readonly Finding[]> {
  const about = 'data folder'
  try {
    const { mode } = await stat(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    const left = `${Math.floor(free / mebibyte)} MiB are left for ${folder}`
    const makeRoom = 'make room: old backups, uploads and images of firmware no model asks for'
    return [
      ...((mode & 0o007) === 0
        ? []
        : [warning(about, `everybody on this machine may look into ${folder}`, `chmod 700 ${folder}`)]),
      free < room.none
        ? wrong(about, left, makeRoom)
        : free < room.little
          ? warning(about, left, makeRoom)
          : good(about, left),
    ]
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT')
      return [warning(about, `${folder} is not there yet`, 'the server makes it when it starts')]
    return [
      wrong(
        about,
        `this user may not write into ${folder} (${code})`,
        'run the doctor as the user that runs the server, or give the folder to it with chown',
      ),
    ]
  }
}

async function lookAtKey(file: string): Promise<readonly Finding[]> {
  const about = 'key file'
  try {
    const { mode } = await stat(file)
    if ((mode & 0o077) === 0) return [good(about, `${file} is for its owner alone`)]
    return [wrong(about, `others may read ${file}, which opens every stored password`, `chmod 600 ${file}`)]
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      return [warning(about, `${file} is not there`, 'the first start makes it; then keep a copy elsewhere')]
    return [
      wrong(about, `${file} cannot be looked at (${codeOf(error)})`, 'run the doctor as the server’s user'),
    ]
  }
}
