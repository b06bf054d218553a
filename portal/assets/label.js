/**
 * The MAC address in what a label's code says: alone, with a word before it, or among a serial number and a model.
 * `undefined` where there is none, such as in the code of the serial number beside it.
 */
export function macIn(text) {
  const named = /\bMAC\b[^0-9a-z]*((?:[0-9a-f]{2}[:. -]?){5}[0-9a-f]{2})(?![0-9a-z])/i.exec(text)
  const parted = /(?<![0-9a-z])((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})(?![0-9a-z])/i.exec(text)
  const bare = /(?<![0-9a-z])([0-9a-f]{12})(?![0-9a-z])/i.exec(text)
  const found = (named ?? parted ?? bare)?.[1]
  return found
    ?.replaceAll(/[^0-9a-f]/gi, '')
    .toUpperCase()
    .replaceAll(/(..)(?=.)/g, '$1:')
}
