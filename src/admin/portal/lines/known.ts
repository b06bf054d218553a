import { judge, type Whereabouts } from '../../../domain/permissions.ts'
import type { ShownLine } from '../../routes/lines-shown.ts'
import { linePath } from '../address.ts'
import type { Visit } from '../page.ts'

export interface KnownLine {
  readonly line: ShownLine
  readonly etag: string
  /** Of its equipment, which is changed by itself. */
  readonly equipmentEtag: string
  readonly where: Whereabouts
}

/** The line that the address of a page names. */
export async function lineOfPage({ ask, params }: Visit): Promise<KnownLine> {
  const number = params.line ?? ''
  const { body: line, etag } = await ask<ShownLine>('readLine', { params: { line: number } })
  const { etag: equipmentEtag } = await ask('readEquipment', { params: { line: number } })
  return { line, etag, equipmentEtag, where: { company: line.company, site: line.site, line: line.number } }
}

/** What pages about one line have in common: where they stand, and the way back. */
export function aboutLine({ who, text }: Visit, { line }: KnownLine): object {
  return {
    line,
    own: linePath(line.number),
    crumbs: [
      ...(who.role === 'user' ? [] : [{ to: '/lines', label: text('menu.lines') }]),
      { to: linePath(line.number), label: line.displayName },
    ],
  }
}

export function placeOf({ who }: Pick<Visit, 'who'>): string {
  return who.role === 'user' ? 'my-line' : 'lines'
}

/** Which keys a line has, by what people call them; for those who may know. */
export async function keyNames(
  { ask, who }: Visit,
  { line, where }: KnownLine,
): Promise<ReadonlyMap<string, string>> {
  if (judge(who, 'keys.read', where) !== 'may') return new Map()
  const { body } = await ask<{ layout: readonly { number: string; label: string; role: string }[] }>(
    'readKeys',
    {
      params: { line: line.number },
    },
  )
  const watched = body.layout.filter(({ role }) => role === 'supervision')
  return new Map(watched.map(({ number, label }) => [number, label]))
}
