/** As much of the npm package as the tests use. */
declare module 'sip' {
  export interface SipMessage {
    readonly method?: string
    readonly uri?: string
    readonly headers: Readonly<Record<string, unknown>>
  }
  export interface SipEndpoint {
    send(message: SipMessage): void
    destroy(): void
  }
  export interface SipOptions {
    readonly address: string
    readonly port: number
    readonly udp: boolean
    readonly tcp: boolean
    readonly tls?: { readonly key: string; readonly cert: string }
    readonly tls_port?: number
  }
  const sip: {
    create(options: SipOptions, hear: (request: SipMessage) => void): SipEndpoint
    makeResponse(request: SipMessage, status: number, reason: string): SipMessage
  }
  export default sip
}

declare module 'sip/digest.js' {
  import type { SipMessage } from 'sip'

  const digest: {
    challenge(session: object, response: SipMessage): SipMessage
    authenticateRequest(
      session: object,
      request: SipMessage,
      who: { readonly user: string; readonly password: string },
    ): boolean
  }
  export default digest
}
