import type { WebWake } from '../../devices/web-wake.ts'
import type { WakeAnswer, WakeResult } from '../wake.ts'
import type { DeviceAnswer } from './request.ts'

const meanings: Readonly<Record<number, readonly [WakeResult, string]>> = {
  401: ['credentials', 'the device does not know this user and password'],
  403: ['refused', 'the device does not admit this server'],
  404: ['unwilling', 'the device has no such function, or it is turned off'],
  503: ['overloaded', 'the device is busy'],
}

export function readAnswer({ status, retryAfter, body }: DeviceAnswer, web: WebWake): WakeAnswer {
  if (status >= 200 && status < 300) {
    const { result, detail } = web.readAnswer?.(body) ?? { result: 'heard', detail: 'it has heard' }
    return { result, status, detail: `${status}, ${detail}` }
  }
  const [result, words] = meanings[status] ?? ['refused', 'the device refuses']
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined
  return {
    result,
    status,
    detail: `${status}, ${words}`,
    ...(seconds === undefined ? {} : { retryAfter: seconds }),
  }
}
