/** Why a device was turned away, as one would tell it to whoever stands in front of the device. */
export const refusalWords = {
  'unknown-device': 'no line has a device of this address',
  'outside-networks': 'it came from outside the networks that its company admits',
  'certificate-needed': 'its company admits only devices that show their maker’s certificate',
  'certificate-other': 'it showed the certificate of another device',
  'credentials-needed': 'it did not sign in, and no window was open',
  'credentials-wrong': 'it signed in with a wrong name or password, as after a factory reset',
  'shut-out': 'its network address has been guessing names of devices',
  'window-expired': 'it came after its window had expired',
  'window-used': 'its window was used already, and it did not sign in',
  'window-other-source': 'its window is for another network address',
  'mac-mismatch': 'it named the address of one device and asked for the file of another',
  'model-mismatch': 'it is of another maker than the device that is linked under its address',
} as const

/** A file that the device asks for as a matter of course, and that it never has. */
export const notThere = 'absent'

/** A newer server may have written a reason that this one has no words for. */
export function inPlainWords(why: string | undefined): string {
  if (why === undefined) return 'no reason was written down'
  return Object.hasOwn(refusalWords, why) ? refusalWords[why as keyof typeof refusalWords] : why
}
