import type { WebReading, WebRequest, WebWake } from '../web-wake.ts'

/** There is no way to have a phone look for files without restarting; this one waits for the end of a call. */
const safeRestart: WebRequest = {
  method: 'POST',
  path: '/api/v1/mgmt/safeRestart',
  headers: { 'content-type': 'application/json' },
}

const meanings: Readonly<Record<string, WebReading>> = {
  '2000': { result: 'heard', detail: 'status 2000: it will restart' },
  '4001': { result: 'busy', detail: 'status 4001: the phone is busy' },
  '4010': { result: 'refused', detail: 'status 4010: the phone still has its default password' },
}

/** The REST interface of phones, where it is turned on. */
export const polycomWebWake: WebWake = {
  port: 443,
  user: 'Polycom',
  resync: safeRestart,
  reboot: safeRestart,
  readAnswer,
}

/** The phone answers `{"Status": "2000"}`. Without one its good answer counts, and its fetch will tell. */
function readAnswer(body: string): WebReading {
  const status = /"Status"\s*:\s*"?(\d{1,6})\b/i.exec(body)?.[1]
  if (status === undefined) return { result: 'heard', detail: 'no status' }
  return meanings[status] ?? { result: 'refused', detail: `status ${status}` }
}
