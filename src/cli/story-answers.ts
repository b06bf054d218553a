/** What a device, or the server on the way to it, means by an answer to being told. */
const meanings: Readonly<Record<string, string>> = {
  200: 'it has heard',
  202: 'it has heard',
  401: 'the account that devices are told by was not accepted',
  403: 'the SIP server does not let this server tell devices',
  404: 'the SIP server does not know it as registered: is it off?',
  405: 'the SIP server does not pass this on',
  407: 'the account that devices are told by was not accepted',
  408: 'no answer: it is off, or cannot be reached',
  410: 'it is registered no more: is it off?',
  480: 'it is not registered now: is it off?',
  481: 'it was reached and will not do it',
  486: 'it is busy',
  489: 'it was reached and will not do it',
  491: 'it is busy with another request',
  500: 'the SIP server failed',
  503: 'the SIP server has no time now',
  504: 'the SIP server could not reach it',
  600: 'it is busy',
  603: 'it was reached and declines',
}

/** `489 Bad Event` with its meaning; what has no status is in plain words already. */
export function answerInWords(detail: string): string {
  const status = /^(\d{3})\b/.exec(detail)?.[1]
  const meaning = status !== undefined && Object.hasOwn(meanings, status) ? meanings[status] : undefined
  return meaning === undefined || detail.includes(meaning) ? detail : `${detail}: ${meaning}`
}
