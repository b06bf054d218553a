import type { Answer, Family, Hardware, Speaker, Visit } from '../family.ts'
import { found } from '../family.ts'
import { readMasterFile, valuesNamed } from './master-file-read.ts'

/** How the generations differ in what they ask. */
interface Habits {
  /** The user agent tells which of the two programs speaks. */
  readonly tellsProgram: boolean
  /** What the web page changed lies in a file of its own. */
  readonly webFile: boolean
  readonly licenses: boolean
  readonly callLists: boolean
  /** Its boot loader wants an image as well. */
  readonly loaderImage: boolean
  readonly versions: Readonly<Record<Speaker, string>>
}

const late: Omit<Habits, 'versions'> = {
  tellsProgram: true,
  webFile: true,
  licenses: true,
  callLists: true,
  loaderImage: false,
}

const habits: Readonly<Record<string, Habits>> = {
  sip3: {
    tellsProgram: false,
    webFile: false,
    licenses: false,
    callLists: false,
    loaderImage: true,
    versions: { loader: '4.2.1.0275', application: '3.2.3.1734' },
  },
  ucs4: { ...late, callLists: false, versions: { loader: '5.0.3.1667', application: '4.0.15.1047' } },
  ucs5: { ...late, versions: { loader: '5.9.7.47435', application: '5.9.7.4477' } },
  ucs6: { ...late, versions: { loader: '6.4.7.3828', application: '6.4.7.4560' } },
  trio: { ...late, versions: { loader: '5.9.2.7727', application: '5.9.2.7727' } },
  pvos: { ...late, versions: { loader: '8.0.0.15602', application: '8.0.0.15602' } },
}

/** What stands before the model in a user agent. */
const prefixes: readonly (readonly [RegExp, string])[] = [
  [/^VVX_/, 'PolycomVVX'],
  [/^SPIP_/, 'PolycomSoundPointIP'],
  [/^SS(IP_|Duo)/, 'PolycomSoundStationIP'],
  [/^Trio_8[58]00/, 'PolycomRealPresenceTrio'],
  [/^Trio_/, 'PolyTrio'],
  [/^Edge_/, 'PolyEdge'],
  [/^CCX_/, 'PolyCCX'],
]

/** Phones that begin with a master file which names the others, first by their loader and then by the application. */
export const masterFile: Family = {
  userAgent(hardware, speaker) {
    const { tellsProgram, versions } = habitsOf(hardware)
    const model = hardware.model.userAgent ?? ''
    const prefix = prefixes.find(([form]) => form.test(model))?.[1] ?? ''
    const program = speaker === 'loader' ? 'Updater' : 'Application'
    return `FileTransport ${prefix}-${model}-UA/${versions[speaker]}${tellsProgram ? ` Type/${program}` : ''}`
  },
  async start(visit) {
    const { mac } = visit.hardware
    await visit.put(`${mac}-boot.log`, `0101000000|so|4|00|${visit.hardware.model.label} starts\n`, 'loader')
    const early = await master(visit, 'loader')
    await images(visit, early.text)
    return found(await application(visit))
  },
  read: readMasterFile,
}

async function application(visit: Visit): Promise<ReadonlyMap<string, Answer>> {
  const { mac } = visit.hardware
  const { webFile, licenses, callLists } = habitsOf(visit.hardware)
  const answers = new Map<string, Answer>()
  const take = async (name: string): Promise<Answer> => {
    const answer = await visit.get(name)
    answers.set(name, answer)
    return answer
  }
  const first = await master(visit, 'application')
  answers.set(`${mac}.cfg`, first)
  for (const name of filesNamed(first.text)) await take(name)
  if (visit.override && mayUpload(answers)) {
    await visit.put(
      `${mac}-phone.cfg`,
      '<PHONE_CONFIG><ALL lcl.ml.lang="English_United_States"/></PHONE_CONFIG>\n',
    )
  }
  await visit.get(`${mac}-phone.cfg`)
  if (webFile) await visit.get(`${mac}-web.cfg`)
  if (licenses) for (const who of ['000000000000', mac]) await visit.get(`${who}-license.cfg`)
  if (callLists) await visit.get(`${mac}-calls.xml`)
  if ((await take(`${mac}-directory.xml`)).status === 404) await visit.get('000000000000-directory.xml')
  if (!visit.overTftp) await visit.head(`${mac}-app.log`)
  await visit.put(`${mac}-app.log`, `0101000001|cfg|4|00|${first.status} for the master file\n`)
  return answers
}

/** Only a file that is truly not there makes the phone ask for the one of all phones. */
async function master(visit: Visit, as: Speaker): Promise<Answer> {
  const own = await visit.get(`${visit.hardware.mac}.cfg`, as)
  return own.status === 404 ? visit.get('000000000000.cfg', as) : own
}

/** By the part number in front of the name, once more when it has it already, and then as it stands. */
async function images(visit: Visit, text: string): Promise<void> {
  const { partNumber } = visit.hardware.model
  const named = valuesNamed(text).get('APP_FILE_PATH')
  const wanted = [
    ...(habitsOf(visit.hardware).loaderImage ? ['bootrom.ld'] : []),
    ...(named === undefined || named === '' ? [] : [named]),
  ]
  for (const name of wanted) {
    const split = partNumber === undefined ? undefined : `${partNumber}.${name}`
    if (split !== undefined && (await visit.peek(split, 'loader')).status === 200) continue
    await visit.peek(name, 'loader')
  }
}

/** Names in the order of the list; a reader that cannot read the master file has none. */
function filesNamed(text: string): readonly string[] {
  const listed = valuesNamed(text).get('CONFIG_FILES') ?? ''
  return listed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function mayUpload(answers: ReadonlyMap<string, Answer>): boolean {
  return ![...answers.values()].some(({ text }) => /prov\.autoConfigUpload\.enabled="0"/.test(text))
}

function habitsOf({ model }: Hardware): Habits {
  const known = habits[model.generation]
  if (!known) throw new Error(`${model.id} is of a generation nobody imitates: ${model.generation}`)
  return known
}
