import type { Account } from '../store/accounts.ts'
import { plainReply, type Question, type Reply } from './answers.ts'

const pageSize = 1000

/**
 * Sections for Asterisk's pjsip.conf: endpoint, auth and aor of each account, all named like its user. What they have
 * in common (context, codecs, how many contacts) the operator says in three templates that stand before the include.
 */
export async function answerPjsip({ parameters, accounts }: Question): Promise<Reply> {
  const domain = parameters.get('domain')
  const sections: string[] = [heading]
  const taken = new Map<string, string>(templates.map((name) => [name, 'a template']))
  for (let after = 0; ; ) {
    const page = await accounts.page({ after, limit: pageSize, ...(domain === null ? {} : { domain }) })
    for (const account of page) {
      // Asterisk does not tell upper case from lower in the names of sections.
      const name = account.user.toLowerCase()
      const holder = taken.get(name)
      if (holder !== undefined)
        return plainReply(
          409,
          `${account.user} of ${account.domain} bears the name of ${holder}; ask for one domain with ?domain=, or give the line another SIP user`,
        )
      taken.set(name, `${account.user} of ${account.domain}`)
      sections.push(sectionsOf(account))
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) break
    after = last.id
  }
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: sections.join('\n') }
}

const templates = ['bootline-endpoint', 'bootline-auth', 'bootline-aor']

const heading = '; Made by Bootline; what is changed here is lost.\n'

export function sectionsOf({ user, domain, ha1, displayName, number }: Account): string {
  return `[${user}](bootline-endpoint)
type=endpoint
auth=${user}
aors=${user}
callerid="${callerName(displayName)}" <${number}>
[${user}](bootline-auth)
type=auth
auth_type=md5
username=${user}
realm=${domain}
md5_cred=${ha1}
[${user}](bootline-aor)
type=aor
`
}

/** A semicolon begins a comment, and quotes and angle brackets end the name. */
function callerName(name: string): string {
  return name.replaceAll(/[\p{Cc}\u2028\u2029"<>;\\]/gu, ' ').trim()
}
