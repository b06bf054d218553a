import type { Settings } from '../../settings/table.ts'
import { writtenAddress } from '../../settings.ts'

/** How people reach the admin plane: as the settings say, or else where it listens, as seen from this machine. */
export function adminUrlOf({
  adminUrl,
  admin,
  adminCert,
}: Pick<Settings, 'adminUrl' | 'admin' | 'adminCert'>): string {
  if (adminUrl !== undefined) return adminUrl
  if (admin === 'off') return 'http://localhost/'
  const isEverywhere = admin.host === '0.0.0.0' || admin.host === '::'
  const scheme = adminCert === undefined ? 'http' : 'https'
  return `${scheme}://${writtenAddress(isEverywhere ? { ...admin, host: 'localhost' } : admin)}/`
}
