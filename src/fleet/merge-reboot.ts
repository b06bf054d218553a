import { defaultReboot, type RebootSettings } from '../domain/intent.ts'
import { chosen, defined, type Kept } from './kept.ts'
import type { CompanyEntry } from './schema.ts'

/** How devices are told: another way begins anew. */
export function mergeReboot(
  stored: RebootSettings | undefined,
  entry: CompanyEntry['reboot'],
  kept: Kept,
): RebootSettings | undefined {
  if (entry === null) return undefined
  if (entry === undefined) return kept === 'kept' ? stored : undefined
  const by = chosen(entry.by, stored?.by, kept) ?? defaultReboot.by
  const same = stored?.by === by ? stored : undefined
  const fields = defined({
    server: chosen(entry.server, same?.server, kept),
    user: chosen(entry.user, same?.user, kept),
    profile: chosen(entry.profile, same?.profile, kept),
  })
  const password = chosen(entry.password, keptPassword(same, fields), 'kept')
  return { by, ...fields, ...defined({ password }) }
}

/** An export leaves the password out, so it stays; but it goes to nobody else than whom it was given for. */
function keptPassword(
  stored: RebootSettings | undefined,
  { server, user }: Pick<RebootSettings, 'server' | 'user'>,
): string | undefined {
  return stored?.server === server && stored?.user === user ? stored?.password : undefined
}
