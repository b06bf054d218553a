import type { IncomingMessage } from 'node:http'
import type { Principal } from './principal.ts'

/**
 * Who sends a request, by its token or its session; `undefined`: nobody we know. Throws for what is worse than
 * nobody: a session used from another site, somebody who has guessed too often.
 */
export type Authenticate = (request: IncomingMessage, from: string) => Promise<Principal | undefined>
