import type { Request } from './packets.ts'

/** What both sides agreed on for one transfer. */
export interface Terms {
  readonly blockSize: number
  /** Blocks per acknowledgement. */
  readonly window: number
  /** Seconds between two tries, when the peer has asked for them. */
  readonly timeout?: number
  /** Exactly the options the server answers, in the order asked; empty when the transfer starts without an OACK. */
  readonly granted: ReadonlyMap<string, string>
}

const DEFAULT_BLOCK_SIZE = 512
const SMALLEST_BLOCK_SIZE = 8
/** RFC 2348's limit. Asked for, it is granted: the device knows its own network, and IP fragments what is larger. */
const LARGEST_BLOCK_SIZE = 65464
const LARGEST_WINDOW = 64
/** Bytes under way at once: more only overflows the device's receive buffer, and this server's memory in a crowd. */
const LARGEST_FLIGHT = 128 * 1024
/** RFC 2349 wants a timeout granted as asked or not at all. A longer one would hold a place for a silent peer. */
const LONGEST_TIMEOUT = 60

/**
 * Options with values outside their range, and unknown ones, are passed over: the peer sees that the OACK lacks them.
 * @param size the exact size of what will be sent, or what the peer says it will send; left out when not known
 */
export function agree(request: Request, size?: number): Terms {
  const granted = new Map<string, string>()
  let blockSize = DEFAULT_BLOCK_SIZE
  let askedWindow = 1
  let timeout: number | undefined
  for (const [name, written] of request.options) {
    const value = wholeNumber(written)
    if (value === undefined) continue
    if (name === 'blksize' && value >= SMALLEST_BLOCK_SIZE && value <= LARGEST_BLOCK_SIZE) {
      blockSize = value
      granted.set(name, String(value))
    } else if (name === 'windowsize' && value >= 1 && value <= 0xffff) {
      askedWindow = value
      granted.set(name, '') // Depends on the block size, which may come after it; filled in below.
    } else if (name === 'timeout' && value >= 1 && value <= LONGEST_TIMEOUT) {
      timeout = value
      granted.set(name, String(value))
    } else if (name === 'tsize' && size !== undefined) {
      granted.set(name, String(size))
    }
  }
  const window = Math.max(1, Math.min(askedWindow, LARGEST_WINDOW, Math.floor(LARGEST_FLIGHT / blockSize)))
  if (granted.has('windowsize')) granted.set('windowsize', String(window))
  return { blockSize, window, granted, ...(timeout === undefined ? {} : { timeout }) }
}

/** The size an upload announces. */
export function announcedSize(request: Request): number | undefined {
  return wholeNumber(request.options.get('tsize') ?? '')
}

function wholeNumber(written: string): number | undefined {
  return /^\d{1,12}$/.test(written) ? Number(written) : undefined
}
