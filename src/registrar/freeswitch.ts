import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import type { Account } from '../store/accounts.ts'
import type { Question, Reply } from './answers.ts'

/**
 * The directory of FreeSWITCH's mod_xml_curl. It asks for one user at a time; whatever else it asks (all gateways, all
 * users for a network list) is not found here, and it goes on to its own files.
 */
export async function answerDirectory({ parameters, accounts }: Question): Promise<Reply> {
  const asked = parameters.get('section') ?? 'directory'
  const user = parameters.get('user')
  const domain = parameters.get('domain')
  const account = asked === 'directory' && user && domain ? await accounts.find(user, domain) : undefined
  const body = account ? directoryOf(account) : notFound
  return { status: 200, contentType: 'text/xml; charset=utf-8', body }
}

/** How calls to `user/…` reach a registered device: FreeSWITCH fills the names in. */
const dialString =
  `{^^:sip_invite_domain=\${dialed_domain}:presence_id=\${dialed_user}@\${dialed_domain}}` +
  `\${sofia_contact(*/\${dialed_user}@\${dialed_domain})}`

export function directoryOf({ user, domain, ha1, displayName, number }: Account): string {
  const root = section('directory').ele('domain', { name: domain })
  const entry = root.ele('user', { id: user })
  entry
    .ele('params')
    .ele('param', { name: 'a1-hash', value: ha1 })
    .up()
    .ele('param', { name: 'dial-string', value: dialString })
  entry
    .ele('variables')
    .ele('variable', { name: 'effective_caller_id_name', value: callerName(displayName) })
    .up()
    .ele('variable', { name: 'effective_caller_id_number', value: number })
  return entry.end({ prettyPrint: true })
}

const notFound = section('result').ele('result', { status: 'not found' }).end({ prettyPrint: true })

function section(name: string): XMLBuilder {
  return create({ version: '1.0', encoding: 'UTF-8' })
    .ele('document', { type: 'freeswitch/xml' })
    .ele('section', { name })
}

/** FreeSWITCH carries out what stands in `${…}`, and reads quotes and angle brackets as its own. */
function callerName(name: string): string {
  return name.replaceAll(/[${}"<>\\]/g, ' ').trim()
}
