import type { Answer, Family, Hardware, Visit } from '../family.ts'
import { found } from '../family.ts'
import type { Values } from '../understood.ts'
import { includes, namesOf, valuesOf } from './boot-file-format.ts'
import { readBootFile } from './boot-file-read.ts'

/** The second number of a firmware's version tells the generation. */
const versions: Readonly<Record<string, string>> = {
  v7x: '70.0.140',
  v8x: '83.0.120',
  v84: '86.0.75',
  'dect-single': '83.0.35',
  'dect-multi': '85.0.15',
}

/** Devices that ask for a boot file first, and without one for a common file and their own. */
export const bootFile: Family = {
  userAgent({ mac, model }) {
    const name = model.userAgent
    if (name === undefined) return undefined
    const image = /(?<![\d.])(\d{1,3})(?=[|)])/.exec(model.firmware ?? '')?.[1] ?? '1'
    const address = (mac.match(/../g) ?? []).join(':')
    return `Yealink ${model.kind === 'dect-base' ? '' : 'SIP-'}${name} ${image}.${versions[model.generation]} ${address}`
  },
  async start(visit) {
    const answers = await configuration(visit)
    const values = valuesOf(found(answers))
    await follow(visit, values, answers)
    return found(answers)
  },
  read: readBootFile,
  former,
}

async function configuration(visit: Visit): Promise<Map<string, Answer>> {
  const { mac, model } = visit.hardware
  const answers = new Map<string, Answer>()
  const take = async (name: string): Promise<Answer> => {
    const answer = await visit.get(name)
    answers.set(name, answer)
    return answer
  }
  if (model.generation !== 'v7x') {
    for (const name of [`${mac}.boot`, 'y000000000000.boot']) {
      const boot = await take(name)
      if (boot.status !== 200 && boot.status !== 304) continue
      for (const included of includes(boot.text, model.userAgent ?? '')) await take(included)
      return answers
    }
  }
  if (model.hardwareCode !== undefined) await take(`y000000000${model.hardwareCode}.cfg`)
  await take(`${mac}.cfg`)
  return answers
}

/** What the settings themselves ask for: what the user changed, the certificate, the directory, the image. */
async function follow(visit: Visit, values: Values, answers: Map<string, Answer>): Promise<void> {
  const { mac, model } = visit.hardware
  const { provisioning, prefix } = namesOf(model.generation)
  const on = (name: string): boolean => values.get(provisioning + name) === '1'
  const [user, password] = ['server.username', 'server.password'].map((name) =>
    values.get(provisioning + name),
  )
  if (user && password) visit.signIn({ user, password })
  if (on('custom.protect') && on('custom.sync')) {
    const local = `${mac}-local.cfg`
    if (visit.override) await visit.put(local, '#!version:1.0.0.1\nlang.gui = English\n')
    await visit.get(local)
  }
  for (const address of [
    values.get(`${prefix}trusted_certificates.url`),
    values.get('remote_phonebook.data.1.url'),
  ]) {
    const name = fileIn(address)
    if (name !== undefined) answers.set(name, await visit.get(name))
  }
  const image = fileIn(values.get(`${prefix}firmware.url`))
  if (image !== undefined) await visit.peek(image)
}

/** The file's name as it stands in the address, still encoded. */
function fileIn(address: string | undefined): string | undefined {
  const name = address?.split('/').at(-1)
  return name === '' || name === '%NULL%' ? undefined : name
}

/** A device from another owner: every place for a key dials his assistant, every account is his. */
function former({ model }: Hardware): Values {
  const values = new Map<string, string>()
  const { keys = 0, memoryKeys = 0, lines } = model
  const places = [
    ...Array.from({ length: keys - memoryKeys }, (_, i) => `linekey.${i + 1}`),
    ...Array.from({ length: memoryKeys }, (_, i) => `memorykey.${i + 1}`),
  ]
  for (const place of places) {
    values
      .set(`${place}.type`, '13')
      .set(`${place}.value`, '0100000000')
      .set(`${place}.label`, 'Former owner')
  }
  for (let n = 1; n <= lines; n++) {
    const account = `account.${n}.`
    values
      .set(`${account}enable`, '1')
      .set(`${account}user_name`, 'former')
      .set(`${account}password`, 'former')
    values.set(`${account}sip_server.1.address`, 'former.invalid')
  }
  return values
}
