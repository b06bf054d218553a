import type { Holder } from '../domain/located-fleet.ts'
import type { FleetReader } from '../store/store.ts'

/** A number or an address may be taken by a company that somebody knows nothing of: then he is not told by whom. */
export function discreetReader(reader: FleetReader, companies: readonly string[] | 'all'): FleetReader {
  if (companies === 'all') return reader
  const hide = <K>(held: ReadonlyMap<K, Holder>): ReadonlyMap<K, Holder> =>
    new Map(
      [...held].map(([thing, holder]) => [thing, companies.includes(holder.company) ? holder : stranger]),
    )
  return {
    ...reader,
    claims: async (...asked) => {
      const claims = await reader.claims(...asked)
      return {
        ...claims,
        numbers: hide(claims.numbers),
        macs: hide(claims.macs),
        emails: hide(claims.emails),
        sipUsers: hide(claims.sipUsers),
        blocks: claims.blocks.map((block) =>
          companies.includes(block.company) ? block : { ...block, company: stranger.company },
        ),
      }
    },
  }
}

const stranger: Holder = { company: 'another company', number: '…' }
