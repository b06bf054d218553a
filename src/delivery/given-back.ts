import { createHash } from 'node:crypto'
import type { RequestKind } from '../devices/driver.ts'
import type { LiveDevice } from '../provision/live-device.ts'
import { contentTypeOf } from './content-types.ts'
import type { MemoryFile } from './plane.ts'
import type { UploadKind, Uploads } from './uploads.ts'

const users: ReadonlySet<RequestKind> = new Set<RequestKind>(['overrides', 'directory', 'calls'])

type GivenBack = Omit<MemoryFile, 'done'>

/** What a user changed on a device, as that device sent it last, where its company has it kept. */
export async function givenBack(
  uploads: Uploads,
  { mac, givesBackSince }: LiveDevice,
  kind: RequestKind | undefined,
  name: string,
): Promise<GivenBack | undefined> {
  if (givesBackSince === undefined || kind === undefined || !users.has(kind)) return undefined
  const found = await uploads.find(mac, kind as UploadKind, name)
  if (!found || found.at < givesBackSince) return undefined
  const hash = createHash('blake2b512').update(found.body).digest()
  return {
    kind: 'memory',
    body: found.body,
    contentType: contentTypeOf(name),
    etag: `"${hash.toString('base64url', 0, 16)}"`,
    modifiedAt: found.at,
  }
}
