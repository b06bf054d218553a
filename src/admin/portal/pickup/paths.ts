import { address, sitePath } from '../address.ts'

export function groupPath(company: string, site: string, group: string): string {
  return sitePath(company, site, `/pickup-groups/${encodeURIComponent(group)}`)
}

export function listPath(company: string): string {
  return address('/pickup', { company })
}
