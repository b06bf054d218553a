/** The packets of RFC 1350 and RFC 2347 as bytes. */

export const OPCODE = { read: 1, write: 2, data: 3, ack: 4, error: 5, oack: 6 } as const

export interface Request {
  readonly kind: 'read' | 'write'
  /** As it came; names.ts makes it safe. */
  readonly name: string
  readonly mode: 'octet' | 'netascii'
  /** In the order asked, names in lower case. */
  readonly options: ReadonlyMap<string, string>
}

const FAULTS = {
  failed: [0, 'The server could not do it'],
  'not-found': [1, 'File not found'],
  access: [2, 'Access denied'],
  full: [3, 'File too large'],
  illegal: [4, 'Illegal request'],
  mode: [4, 'Only octet and netascii are served'],
  stranger: [5, 'Unknown transfer'],
} as const

export type Fault = keyof typeof FAULTS

/** RFC 2347 allows 512 bytes; a little more is let pass, a datagram of 64 KB is not worth parsing. */
const LONGEST_REQUEST = 1024

/** A request, why it is none worth serving, or nothing when the datagram deserves no answer at all. */
export function parseRequest(datagram: Buffer): Request | Fault | undefined {
  if (datagram.length < 2) return undefined
  const opcode = datagram.readUInt16BE(0)
  // Anything else is no request. Above all an ERROR is never answered: two servers would answer each other for ever.
  if (opcode !== OPCODE.read && opcode !== OPCODE.write) return undefined
  if (datagram.length > LONGEST_REQUEST) return 'illegal'
  const words = terminatedWords(datagram)
  const [name, writtenMode] = words
  if (name === undefined || writtenMode === undefined) return 'illegal'
  const mode = writtenMode.toLowerCase()
  if (mode !== 'octet' && mode !== 'netascii') return 'mode'
  return { kind: opcode === OPCODE.read ? 'read' : 'write', name, mode, options: optionsOf(words) }
}

/** The words after the opcode that end in NUL; what follows the last NUL was cut off and is left out. */
function terminatedWords(datagram: Buffer): string[] {
  const words: string[] = []
  let start = 2
  for (let end = datagram.indexOf(0, start); end !== -1; end = datagram.indexOf(0, start)) {
    words.push(datagram.toString('utf8', start, end))
    start = end + 1
  }
  return words
}

function optionsOf(words: readonly string[]): Map<string, string> {
  const options = new Map<string, string>()
  for (let at = 2; at + 1 < words.length; at += 2) {
    const name = words[at]?.toLowerCase()
    const value = words[at + 1]
    // An option asked twice counts once, as RFC 2347 forbids repeating it.
    if (name && value !== undefined && !options.has(name)) options.set(name, value)
  }
  return options
}

export function errorPacket(fault: Fault): Buffer {
  const [code, text] = FAULTS[fault]
  return Buffer.from(`\0\x05\0${String.fromCharCode(code)}${text}\0`, 'latin1')
}

export function ackPacket(block: number): Buffer {
  const packet = Buffer.allocUnsafe(4)
  packet.writeUInt16BE(OPCODE.ack, 0)
  packet.writeUInt16BE(block & 0xffff, 2)
  return packet
}

export function oackPacket(granted: ReadonlyMap<string, string>): Buffer {
  const words = [...granted].map(([name, value]) => `${name}\0${value}\0`)
  return Buffer.from(`\0\x06${words.join('')}`, 'latin1')
}

/**
 * Every header a DATA packet can have. They are never written again, so a packet that waits in the socket's queue
 * cannot change under way, and sending a block allocates no buffer.
 */
const dataHeaders = Buffer.alloc(0x10000 * 4)
for (let block = 0; block < 0x10000; block++) {
  dataHeaders.writeUInt16BE(OPCODE.data, block * 4)
  dataHeaders.writeUInt16BE(block, block * 4 + 2)
}

export function dataHeader(block: number): Buffer {
  const at = (block & 0xffff) * 4
  return dataHeaders.subarray(at, at + 4)
}
