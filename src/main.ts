import { readFileSync } from 'node:fs'
import type { Command } from './cli/command.ts'
import { contextIn } from './cli/context.ts'
import { Refusal, report } from './cli/failure.ts'
import { explained, helpOn, type Verbs } from './cli/help.ts'
import type { World } from './cli/world.ts'
import { nearest } from './domain/nearest.ts'

/** The verbs: each is a file under cli/, loaded when it is asked for. */
export const verbs: Verbs = {
  serve: async () => (await import('./cli/serve.ts')).serve,
  plan: async () => (await import('./cli/plan.ts')).plan,
  apply: async () => (await import('./cli/apply.ts')).apply,
  export: async () => (await import('./cli/export.ts')).exportVerb,
  import: async () => (await import('./cli/import.ts')).importVerb,
  lines: async () => (await import('./cli/lines.ts')).lines,
  devices: async () => (await import('./cli/devices.ts')).devices,
  reboot: async () => (await import('./cli/reboot.ts')).reboot,
  queue: async () => (await import('./cli/queue.ts')).queue,
  watch: async () => (await import('./cli/watch.ts')).watch,
  discovered: async () => (await import('./cli/discovered.ts')).discovered,
  window: async () => (await import('./cli/window.ts')).window,
  uploads: async () => (await import('./cli/uploads.ts')).uploads,
  firmware: async () => (await import('./cli/firmware.ts')).firmware,
  render: async () => (await import('./cli/render.ts')).render,
  link: async () => (await import('./cli/link.ts')).link,
  unlink: async () => (await import('./cli/unlink.ts')).unlink,
  keys: async () => (await import('./cli/keys.ts')).keys,
  companies: async () => (await import('./cli/company.ts')).companies,
  company: async () => (await import('./cli/company.ts')).company,
  move: async () => (await import('./cli/move.ts')).move,
  users: async () => (await import('./cli/users.ts')).users,
  tokens: async () => (await import('./cli/tokens.ts')).tokens,
  backup: async () => (await import('./cli/backup.ts')).backup,
  restore: async () => (await import('./cli/restore.ts')).restore,
  'migrate-store': async () => (await import('./cli/migrate-store.ts')).migrateStore,
  verify: async () => (await import('./cli/verify.ts')).verify,
  certs: async () => (await import('./cli/certs.ts')).certs,
  doctor: async () => (await import('./cli/doctor.ts')).doctor,
  dhcp: async () => (await import('./cli/dhcp.ts')).dhcp,
  schema: async () => (await import('./cli/schema.ts')).schema,
  models: async () => (await import('./cli/models.ts')).models,
  simulate: async () => (await import('./cli/simulate.ts')).simulate,
  settings: async () => (await import('./cli/settings.ts')).settings,
  help: async () => helpOn(verbs),
}

/** Runs `bootline VERB …` and gives the exit code: 0 when it was done, 1 when it was not, or what the verb says. */
export async function main(args: readonly string[], world: World = process): Promise<number> {
  const options = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined)
  const json = options.includes('--json')
  try {
    const [name, ...rest] = args
    if (name === '--version') return version(world)
    const verb = await verbNamed(name)
    if (options.slice(1).some((option) => option === '--help' || option === '-h')) {
      world.stdout.write(`${explained(verb)}\n`)
      return 0
    }
    return await verb.run(contextIn(world, json), rest)
  } catch (error) {
    report(error, world, json)
    return 1
  }
}

async function verbNamed(name: string | undefined): Promise<Command> {
  if (name === '--help' || name === '-h') return helpOn(verbs)
  const load = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (load) return load()
  if (name === undefined) throw new Refusal('usage', 'a verb is missing', 'bootline help lists them')
  const meant = nearest(name, Object.keys(verbs))
  const remedy = meant ? `did you mean bootline ${meant}?` : 'bootline help lists the verbs there are'
  throw new Refusal('usage', `there is no verb "${name}"`, remedy)
}

function version(world: World): number {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  world.stdout.write(`${(JSON.parse(text) as { version: string }).version}\n`)
  return 0
}
