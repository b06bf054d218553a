/** A file as it was made, with what spares the next one like it some work. */
export interface Made {
  readonly text: string
  readonly body: Buffer
  readonly blocks: readonly string[]
}

/** What a text becomes in UTF-8: bytes of its own, and after them the last ones of a file that ends alike. */
export interface Encoded {
  readonly head: Buffer
  readonly tail: Buffer
}

/** Ends are compared in steps of so many characters: fewer would cost more comparing than they save. */
const step = 1024

const nothing = Buffer.alloc(0)

/**
 * Turns a text into bytes, and takes those of its end from a file that ends with the same text. A phone with modules
 * has some thousand lines at its end that empty places it does not use, the same for every phone of the model.
 */
export function encoded(text: string, alike: Made | undefined): Encoded {
  const same = alike ? sameEnd(text, alike.text) : 0
  if (!alike || same === 0) return { head: Buffer.from(text), tail: nothing }
  const differing = Buffer.byteLength(alike.text.slice(0, alike.text.length - same))
  return { head: Buffer.from(text.slice(0, text.length - same)), tail: alike.body.subarray(differing) }
}

/** Whether these are the bytes of that body. */
export function isBodyOf(body: Buffer, { head, tail }: Encoded): boolean {
  const { length } = head
  return (
    body.length === length + tail.length &&
    body.subarray(0, length).equals(head) &&
    body.subarray(length).equals(tail)
  )
}

/** How many characters two texts have in common at their end, in whole steps, found by halving. */
function sameEnd(one: string, other: string): number {
  let same = 0
  let most = Math.floor(Math.min(one.length, other.length) / step)
  while (same < most) {
    const middle = Math.ceil((same + most) / 2)
    if (before(one, same, middle) === before(other, same, middle)) same = middle
    else most = middle - 1
  }
  // A character of two halves is not cut in two.
  const first = one.charCodeAt(one.length - same * step)
  return same * step - (first >= 0xdc00 && first <= 0xdfff ? 1 : 0)
}

/** What stands between two distances from the end. */
function before(text: string, near: number, far: number): string {
  return text.slice(text.length - far * step, text.length - near * step)
}
