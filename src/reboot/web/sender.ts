import type { WebWake } from '../../devices/web-wake.ts'
import type { Model } from '../../domain/model.ts'
import { failureOf } from '../management/failure.ts'
import { createOneAtATime } from '../one-at-a-time.ts'
import type { Sender, Wake, WakeAnswer } from '../wake.ts'
import { readAnswer } from './answer.ts'
import { isClosedNetwork } from './closed-network.ts'
import { askDevice } from './request.ts'

const timeLimit = 10_000

/** Tells devices over their own web interface, where they stand in the same closed network as this server. */
export function createWebSender(webOf: (model: Model) => WebWake | undefined): Sender {
  const oneAtATime = createOneAtATime()
  const stopping = new AbortController()

  const tell = async (wake: Wake): Promise<WakeAnswer> => {
    if (stopping.signal.aborted) return stopped
    const web = webOf(wake.model)
    if (!web) return misconfigured(`${wake.model.label} cannot be told over its web interface`)
    if (wake.address === undefined) {
      return { result: 'absent', detail: 'the device was never seen: its address is not known' }
    }
    if (!isClosedNetwork(wake.address)) {
      return misconfigured('the device is not in a private network: its password stays here')
    }
    const authorization = authorizationFor(wake.reboot, web)
    if (authorization === undefined) return misconfigured('the web interface needs a user and a password')
    return await inTime({ host: wake.address, port: web.port }, web, wake.form, authorization)
  }

  const inTime = async (
    device: { readonly host: string; readonly port: number },
    web: WebWake,
    form: Wake['form'],
    authorization: string,
  ): Promise<WakeAnswer> => {
    const slow = new AbortController()
    const limit = setTimeout(() => slow.abort(), timeLimit)
    try {
      const signal = AbortSignal.any([slow.signal, stopping.signal])
      return readAnswer(await askDevice(device, web[form], authorization, signal), web)
    } catch (error) {
      if (stopping.signal.aborted) return stopped
      if (slow.signal.aborted) return { result: 'silent', detail: `no answer within ${timeLimit / 1000} s` }
      return failureOf(error)
    } finally {
      clearTimeout(limit)
    }
  }

  return {
    wake: (wake) => oneAtATime(wake.mac, () => tell(wake)),
    close: async () => stopping.abort(),
  }
}

const stopped: WakeAnswer = { result: 'silent', detail: 'this server is stopping' }

function misconfigured(detail: string): WakeAnswer {
  return { result: 'misconfigured', detail }
}

/** Basic, which cuts at the first colon: a user with one would be somebody else. */
function authorizationFor({ user, password }: Wake['reboot'], web: WebWake): string | undefined {
  const name = web.user ?? user
  if (!name || !password || name.includes(':')) return undefined
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}
