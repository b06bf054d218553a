import { createHash } from 'node:crypto'
import type { Heard } from './support.ts'

/** What a peer asks of whoever sends, and how it goes about it. */
export interface Asking {
  readonly proxy?: boolean
  readonly realm: string
  readonly algorithm?: string
  readonly qop?: string
  readonly opaque?: string
}

export function challenge(asking: Asking, nonce: string, ...more: string[]): string {
  const { proxy, realm, algorithm, qop, opaque } = asking
  const parameters = [
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(qop === undefined ? [] : [`qop="${qop}"`]),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...more,
  ]
  return `${proxy ? 'Proxy' : 'WWW'}-Authenticate: Digest ${parameters.join(', ')}`
}

/** The parameters of the proof for a realm, if the request has one. */
export function proofIn(
  request: Heard,
  { proxy, realm }: Asking,
): Readonly<Record<string, string>> | undefined {
  const name = proxy ? 'Proxy-Authorization' : 'Authorization'
  const lines = request.text.split('\r\n').filter((line) => line.startsWith(`${name}: Digest `))
  const read = lines.map((line) =>
    Object.fromEntries(
      [...line.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]*))/g)].map(([, key, quoted, plain]) => [
        key,
        quoted ?? plain,
      ]),
    ),
  )
  return read.find((proof) => proof.realm === realm)
}

/** Whether a proof is right, worked out from RFC 2617 and 7616 without anything of the sender's. */
export function isRight(
  request: Heard,
  asking: Asking,
  { user, password }: { readonly user: string; readonly password: string },
): boolean {
  const proof = proofIn(request, asking)
  if (!proof) return false
  const uri = /^NOTIFY (\S+) /.exec(request.start)?.[1]
  const [algorithm = '', session] = (asking.algorithm ?? 'MD5').toLowerCase().split('-sess')
  const hash = (text: string) => createHash(algorithm.replace('-', '')).update(text).digest('hex')
  let a1 = hash([user, proof.realm, password].join(':'))
  if (session !== undefined) a1 = hash([a1, proof.nonce, proof.cnonce].join(':'))
  const a2 = hash(['NOTIFY', uri].join(':'))
  const middle = asking.qop === undefined ? [] : [proof.nc, proof.cnonce, 'auth']
  return (
    proof.username === user &&
    proof.uri === uri &&
    proof.algorithm === asking.algorithm &&
    proof.opaque === asking.opaque &&
    proof.qop === (asking.qop === undefined ? undefined : 'auth') &&
    proof.response === hash([a1, proof.nonce, ...middle, a2].join(':'))
  )
}
