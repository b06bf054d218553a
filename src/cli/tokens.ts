import { digest, newSecret, tokenPrefix } from '../admin/people/secrets.ts'
import { tokenExpiry, tokenName } from '../admin/people/token-rules.ts'
import { nearest } from '../domain/nearest.ts'
import type { People } from '../store/people.ts'
import { refuseScope } from '../store/people-failure.ts'
import type { Token } from '../store/people-tokens.ts'
import { command } from './command.ts'
import { Refusal } from './failure.ts'
import { commandLineUser, withStore } from './fleet-store.ts'
import { dayOf, scopeMeant, scopeOptions, scopeText } from './people-scope.ts'
import { table } from './table.ts'

export const tokens = command({
  name: 'tokens',
  summary: 'List what programs sign in with, make a token, or revoke one',
  operands: ['[list|create|revoke]', '[NAME|ID]'],
  examples: [
    'bootline tokens',
    'bootline tokens create crm --role manager --company "Toine Immo" --expires 2027-06-30',
    'bootline tokens revoke 3',
  ],
  options: {
    ...scopeOptions,
    expires: { type: 'string', value: 'DATE', about: 'when it ends; in 90 days when absent, a year at most' },
    yes: { type: 'boolean', short: 'y', about: 'do it without asking' },
  },
  async run(context, { yes = false, expires, ...values }, [action = 'list', operand]) {
    if (!['list', 'create', 'revoke'].includes(action)) throw unknownAction(action)
    if (action !== 'list' && operand === undefined) {
      throw new Refusal('usage', 'the token is missing', 'bootline help tokens has examples')
    }
    return withStore(context, async ({ people }) => {
      const now = Date.now()
      const author = { ...commandLineUser(), at: now }
      if (action === 'list' || operand === undefined) {
        const all = await allTokens(people)
        context.show(all.map(dated), () => listText(all, now))
        return 0
      }
      if (action === 'create') {
        if (values.role === undefined) {
          throw new Refusal('usage', '--role is missing', 'say what the program may do')
        }
        const expiry = tokenExpiry(expires, now)
        refuseScope([...tokenName(operand), ...('problem' in expiry ? [expiry.problem] : [])])
        const secret = newSecret(tokenPrefix)
        const made = await people.tokens.add(author, {
          name: operand,
          hash: digest(secret),
          expiresAt: 'at' in expiry ? expiry.at : now,
          ...scopeMeant(values, 'user', now),
        })
        context.show({ token: secret, about: dated(made) }, () =>
          [
            secret,
            `It ends ${dayOf(made.expiresAt)}, and is shown this one time: keep it where only the program reads it.`,
          ].join('\n'),
        )
        return 0
      }
      const token = await tokenMeant(people, operand)
      if (!yes && !(await context.confirm(`Revoke ${token.name} (${token.id})?`))) return 1
      await people.tokens.remove(author, token.id, () => {})
      context.show({ id: token.id, revoked: true }, () => `${token.name} opens nothing any more.`)
      return 0
    })
  },
})

function unknownAction(text: string): Refusal {
  const known = ['list', 'create', 'revoke']
  const meant = nearest(text, known)
  const remedy = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`
  return new Refusal('usage', `tokens knows no "${text}"`, remedy)
}

async function tokenMeant(people: People, text: string): Promise<Token> {
  const found = (await allTokens(people)).filter(({ id, name }) => String(id) === text || name === text)
  const [token, ...more] = found
  if (token && more.length === 0) return token
  throw new Refusal(
    'token-unknown',
    token ? `${found.length} tokens are called "${text}"` : `there is no token "${text}"`,
    token ? `name one by its number: ${found.map(({ id }) => id).join(', ')}` : 'bootline tokens lists them',
  )
}

async function allTokens(people: People): Promise<readonly Token[]> {
  const all: Token[] = []
  const page = () => people.tokens.list({ after: all.at(-1)?.id ?? 0, limit: 500 })
  for (let some = await page(); some.length > 0; some = await page()) all.push(...some)
  return all
}

function dated({ createdAt, expiresAt, lastUsedAt, makerId, ...token }: Token): object {
  const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString())
  return { ...token, createdAt: iso(createdAt), expiresAt: iso(expiresAt), lastUsedAt: iso(lastUsedAt) }
}

function listText(all: readonly Token[], now: number): string {
  if (all.length === 0) return 'There are no tokens.'
  return table([
    ['ID', 'NAME', 'ROLE', 'WHERE', 'MADE BY', 'LAST USED', 'ENDS'],
    ...all.map((token) => [
      String(token.id),
      token.name,
      token.role,
      token.role === 'operator' ? 'everywhere' : scopeText(token),
      token.maker,
      token.lastUsedAt === undefined ? 'never' : dayOf(token.lastUsedAt),
      token.expiresAt > now ? dayOf(token.expiresAt) : 'over',
    ]),
  ])
}
