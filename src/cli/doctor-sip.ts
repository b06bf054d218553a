import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, isIPv6, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Company } from '../domain/intent.ts'
import type { Hop } from '../reboot/sip/errand.ts'
import { systemNames } from '../reboot/sip/names.ts'
import { addressOf, type Place } from '../reboot/sip/path.ts'
import { createResolver } from '../reboot/sip/resolve.ts'
import { codeOf, type Finding, good, wrong } from './doctor-finding.ts'

const patience = 3000

/** Asks the SIP server of each company for a sign of life; any answer is one. Servers that are shared are asked once. */
export async function lookAtSip(
  companies: readonly Pick<Company, 'name' | 'sip'>[],
): Promise<readonly Finding[]> {
  const servers = new Map<string, { readonly hop: Hop; readonly names: string[] }>()
  for (const { name, sip } of companies) {
    const hop: Hop = { host: sip.proxy ?? sip.domain, port: sip.port, transport: sip.transport }
    const key = `${hop.host}:${hop.port ?? ''} over ${hop.transport}`
    const known = servers.get(key)
    if (known) known.names.push(name)
    else servers.set(key, { hop, names: [name] })
  }
  const resolver = createResolver(systemNames(), () => performance.now())
  return Promise.all(
    [...servers].map(async ([key, { hop, names }]): Promise<Finding> => {
      const about = `SIP of ${names.length > 3 ? `${names.length} companies` : names.join(', ')}`
      const places = await resolver.places(hop, true)
      if ('noPath' in places)
        return wrong(about, places.noPath, 'correct the domain or the proxy of the company, or the DNS')
      const answers = await Promise.all(places.map((place) => ask(place, hop)))
      const status = answers.find((answer) => 'status' in answer)
      if (status) return good(about, `${key} answers`)
      const [first] = answers
      const why = first && 'cannot' in first ? first.cannot : 'no answer'
      return wrong(
        about,
        `${key} does not answer OPTIONS (${why})`,
        'look whether it runs, whether this machine may reach it, and whether port and transport are right',
      )
    }),
  )
}

type Sign = { readonly status: number } | { readonly cannot: string }

function ask(place: Place, { host, transport }: Hop): Promise<Sign> {
  return transport === 'udp' ? askOverUdp(place, host) : askOverStream(place, host, transport)
}

function askOverUdp(place: Place, host: string): Promise<Sign> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(place.address) ? 'udp6' : 'udp4')
    const again: NodeJS.Timeout[] = []
    const late = setTimeout(() => end({ cannot: 'no answer' }), patience)
    const branch = newToken()
    function send(): void {
      const { address, port } = socket.address()
      socket.send(options(place, host, 'UDP', addressOf({ address, port }), branch))
    }
    function end(sign: Sign): void {
      for (const timer of [...again, late]) clearTimeout(timer)
      socket.close()
      resolve(sign)
    }
    // Connected, it hears at once when nobody is there.
    socket.once('connect', () => {
      send()
      again.push(setTimeout(send, 500), setTimeout(send, 1500))
    })
    socket.on('error', (error) => end({ cannot: codeOf(error) }))
    socket.on('message', (bytes) => {
      const status = statusOf(bytes.toString('latin1'))
      if (status !== undefined) end({ status })
    })
    socket.connect(place.port, place.address)
  })
}

function askOverStream(place: Place, host: string, transport: 'tcp' | 'tls'): Promise<Sign> {
  return new Promise((resolve) => {
    const where = { host: place.address, port: place.port }
    const written = (): void => {
      const here = addressOf({ address: socket.localAddress ?? '', port: socket.localPort ?? 0 })
      socket.write(options(place, host, transport.toUpperCase(), here, newToken()))
    }
    const socket: Socket =
      transport === 'tls'
        ? connectTls({ ...where, servername: host, rejectUnauthorized: false }, written)
        : connect(where, written)
    const late = setTimeout(() => end({ cannot: 'no answer' }), patience)
    let heard = ''
    function end(sign: Sign): void {
      clearTimeout(late)
      socket.destroy()
      resolve(sign)
    }
    socket.on('error', (error) => end({ cannot: codeOf(error) }))
    socket.on('close', () => end({ cannot: 'the connection was closed' }))
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text
      const status = statusOf(heard)
      if (status !== undefined) end({ status })
    })
  })
}

function newToken(): string {
  return randomBytes(9).toString('hex')
}

function options(place: Place, host: string, transport: string, here: string, token: string): string {
  const lines = [
    `OPTIONS sip:${host.includes(':') ? `[${host}]` : host} SIP/2.0`,
    `Via: SIP/2.0/${transport} ${here};branch=z9hG4bK${token};rport`,
    'Max-Forwards: 70',
    `From: <sip:bootline@${here}>;tag=${token}`,
    `To: <sip:${addressOf(place)}>`,
    `Call-ID: ${token}`,
    'CSeq: 1 OPTIONS',
    'Accept: application/sdp',
    'Content-Length: 0',
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

function statusOf(text: string): number | undefined {
  const status = /^SIP\/2\.0 (\d{3}) /.exec(text)?.[1]
  return status === undefined ? undefined : Number(status)
}
