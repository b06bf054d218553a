import type { Later } from './timers.ts'
import type { Sender, Wake, WakeAnswer } from './wake.ts'

/**
 * The sender's answer, or that there was none: not within the time in which the job is ours, or not before this server
 * had to stop. Either way the device may have heard.
 */
export async function answerInTime(
  sender: Sender,
  wake: Wake,
  limit: number,
  stopped: Promise<void>,
  later: Later,
): Promise<WakeAnswer> {
  let callOff = (): void => {}
  const late = new Promise<WakeAnswer>((resolve) => {
    callOff = later(limit, () => resolve(silent(`no answer within ${limit / 1000} s`)))
  })
  const stop = stopped.then(() => silent('this server was stopped before an answer came'))
  try {
    return await Promise.race([sender.wake(wake), late, stop])
  } finally {
    callOff()
  }
}

function silent(detail: string): WakeAnswer {
  return { result: 'silent', detail }
}
