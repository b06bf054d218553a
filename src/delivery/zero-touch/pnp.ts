import type { RemoteInfo } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import type { ServiceLog } from '../log.ts'
import { type Dialog, pnpDialogs } from './pnp-dialogs.ts'
import { pnpLimits } from './pnp-limits.ts'
import { notifyOf, okTo } from './pnp-messages.ts'
import { addressTowards, openPnpSockets, type PnpListen } from './pnp-sockets.ts'
import { type PnpDevice, readSubscription, type Subscription } from './pnp-subscribe.ts'
import { provisioningUrl } from './provisioning-url.ts'
import { retransmit } from './retransmission.ts'
import { readSipAnswer, readSipRequest } from './sip-message.ts'

export interface PnpOptions {
  readonly listen: PnpListen
  /** The address a device is sent to, never with a secret in it; undefined leaves the device unanswered. */
  readonly url: (device: PnpDevice) => string | undefined
  readonly log: ServiceLog
  readonly now?: () => number
}

export interface PnpResponder {
  /** Where answers leave from; questions that come here are heard as well. */
  readonly address: AddressInfo
  close(): Promise<void>
}

/** Answers phones that ask the network for their server by SIP multicast (event `ua-profile`). */
export async function startPnp({ listen, url, log, now = Date.now }: PnpOptions): Promise<PnpResponder> {
  const dialogs = pnpDialogs()
  const isHeard = pnpLimits(now)
  const sockets = await openPnpSockets(listen, hearSafely, (error) =>
    log.error({ err: error }, 'a plug-and-play socket failed'),
  )

  function hearSafely(datagram: Buffer, from: RemoteInfo): void {
    try {
      hear(datagram, from)
    } catch (error) {
      log.error({ err: error }, 'a question by plug and play could not be answered')
    }
  }

  function hear(datagram: Buffer, from: RemoteInfo): void {
    // Port 0 cannot be answered, and a forged datagram may well bear it.
    if (from.port === 0) return
    const answer = readSipAnswer(datagram)
    const request = answer ? undefined : readSipRequest(datagram)
    const subscription = request && readSubscription(request, from.address)
    if (answer) hearAnswer(answer, from)
    else if (subscription && isHeard(from.address)) hearSubscription(subscription, from)
  }

  function hearAnswer(answer: { status: number; branch: string }, from: RemoteInfo): void {
    const sending = dialogs.byBranch(answer.branch, from.address)?.sending
    if (answer.status < 200) sending?.slowDown()
    else sending?.answered()
  }

  function hearSubscription(subscription: Subscription, from: RemoteInfo): void {
    const known = dialogs.find(subscription)
    const given = known ? undefined : urlFor(subscription.device)
    const dialog = known ?? (given === undefined ? undefined : dialogs.begin(subscription))
    if (dialog) sendOk(subscription, dialog, from)
    if (dialog && given !== undefined) sendUrl(subscription, dialog, given)
  }

  function sendOk(subscription: Subscription, { tag }: Dialog, from: RemoteInfo): void {
    const own = ownTowards(from.address)
    sockets.send(okTo(subscription, from, { own, tag }), from.port, from.address)
  }

  function sendUrl(subscription: Subscription, dialog: Dialog, given: string): void {
    const { device, contact } = subscription
    const notify = notifyOf(subscription, given, { own: ownTowards(device.address), ...dialog })
    log.info({ ...device, url: given }, 'a device asked the network for its server')
    dialog.sending = retransmit(
      () => sockets.send(notify, contact.port, device.address),
      (answered) => {
        dialogs.end(subscription)
        if (!answered)
          log.info({ ...device }, 'a device asked the network for its server and did not take it')
      },
    )
  }

  function urlFor(device: PnpDevice): string | undefined {
    const text = url(device)
    const reading = text === undefined ? undefined : provisioningUrl(text)
    if (reading && 'wrong' in reading)
      log.error({ wrong: reading.wrong }, 'plug and play has no usable address')
    return reading && 'value' in reading ? reading.value : undefined
  }

  function ownTowards(address: string) {
    return { address: addressTowards(address, sockets.address.address), port: sockets.address.port }
  }

  return {
    address: sockets.address,
    async close() {
      dialogs.stopAll()
      await sockets.close()
    },
  }
}
