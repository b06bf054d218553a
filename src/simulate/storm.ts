import type { Boot, VirtualPhone } from './phone.ts'

/** So many of them have a connection at a time: beyond that one machine runs out of files and ports, not the server. */
export const atATime = 500

/**
 * All of them start at one moment: who has no connection yet waits for one. A storm of more starts than phones goes
 * round, and no phone starts twice at a time.
 */
export async function storm(
  phones: readonly VirtualPhone[],
  starts: number,
  signal: AbortSignal,
  tell: (boot: Boot) => void,
): Promise<void> {
  let next = 0
  const waiting = [...phones]
  const one = async (): Promise<void> => {
    while (next < starts && !signal.aborted) {
      const phone = waiting.shift()
      if (!phone) return
      next++
      try {
        tell(await phone.boot(signal))
      } catch (error) {
        if (!signal.aborted) throw error
      }
      waiting.push(phone)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atATime, phones.length, starts) }, one))
}
