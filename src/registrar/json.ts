import type { Account } from '../store/accounts.ts'
import { plainReply, type Question, type Reply } from './answers.ts'

const longestPage = 1000

/** Accounts as JSON: of one user and domain, or page by page in the order of their ids. */
export async function answerAccounts({ parameters, accounts }: Question): Promise<Reply> {
  const user = parameters.get('user')
  const domain = parameters.get('domain')
  if (user !== null) {
    if (domain === null) return plainReply(400, 'a user is asked for together with its domain')
    const account = await accounts.find(user, domain)
    return json({ accounts: account ? [shown(account)] : [] })
  }
  const limit = wholeNumber(parameters.get('limit') ?? String(longestPage))
  const after = wholeNumber(parameters.get('after') ?? '0')
  if (limit === undefined || limit < 1 || limit > longestPage)
    return plainReply(400, `limit is a whole number from 1 to ${longestPage}`)
  if (after === undefined) return plainReply(400, 'after is the next of the page before')
  // One more than asked for tells whether there is another page.
  const found = await accounts.page({ after, limit: limit + 1, ...(domain === null ? {} : { domain }) })
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return json({
    accounts: page.map(shown),
    ...(found.length > limit && last ? { next: last.id } : {}),
  })
}

/** What leaves this server; a field that comes to an account is not shown by itself. */
function shown({ id, number, kind, company, displayName, user, domain, ha1, ha1Sha256 }: Account): object {
  return { id, number, kind, company, displayName, user, domain, ha1, ha1Sha256 }
}

function json(value: unknown): Reply {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(value) }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
