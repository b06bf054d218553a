import type { DeviceIntent } from '../../domain/device-intent.ts'
import type { DeviceFile, LaidFile, ServerFacts, Templates } from '../driver.ts'
import { type Hold, inParts } from '../parts.ts'
import { written } from './attributes.ts'
import { dialling, pickup, voicemail } from './calls.ts'
import { clock } from './clock.ts'
import { favourites } from './directory.ts'
import { flashSettings } from './flash.ts'
import { keyAssignment } from './keys.ts'
import { type Sections, withOwnParameters } from './own-parameters.ts'
import { registration } from './registration.ts'
import { supervision } from './supervision.ts'
import { language, upkeep } from './upkeep.ts'

const contentType = 'application/xml; charset=utf-8'

/**
 * The master file, which names the two others, and the directory. A parameter stands in one file only, once, so that
 * it never matters which file wins.
 */
export function render(device: DeviceIntent, server: ServerFacts, templates: Templates): readonly LaidFile[] {
  const lines = `${device.mac}-lines.cfg`
  const settings = `${device.mac}-settings.cfg`
  const { sections, own } = withOwnParameters(parameters(device, server), device)
  const file = (name: string, body: LaidFile['body'], secret = false): LaidFile => ({
    name,
    contentType,
    body,
    secret,
  })
  const added = device.parameters.length > 0 // and what an operator adds may be a password
  return [
    file(
      `${device.mac}.cfg`,
      templates.render('master.xml.hbs', {
        image: server.firmware ?? '',
        files: `${lines}, ${settings}`,
      }),
    ),
    file(
      lines,
      inParts((hold) => templates.render('lines.xml.hbs', laidOut(sections, hold))),
      device.ports.length > 0 || added,
    ),
    file(
      settings,
      inParts((hold) => templates.render('settings.xml.hbs', laidOut({ ...sections, own }, hold))),
      server.account !== undefined || added,
    ),
    file(
      `${device.mac}-directory.xml`,
      templates.render('directory.xml.hbs', { favourites: favourites(device.keys) }),
    ),
  ]
}

/**
 * What a template lays out: a subject a name. They are functions since their values are made harmless one by one
 * already, and a plain string would lose its quotes on the way to the template.
 */
function laidOut(sections: Sections, hold: Hold): Readonly<Record<string, () => string>> {
  const laid: Record<string, () => string> = {}
  for (const subject in sections) laid[subject] = () => written(sections[subject] ?? [], hold)
  return laid
}

function parameters(device: DeviceIntent, server: ServerFacts): Sections {
  return {
    registration: registration(device),
    keys: keyAssignment(device),
    supervision: supervision(device),
    pickup: pickup(device),
    voicemail: voicemail(device),
    dialling,
    clock: clock(device.timezone),
    language: language(device.locale),
    upkeep: upkeep(device),
    flash: flashSettings(device, server),
  }
}

/** For a phone nobody has linked yet: a master file that names nothing, so that it keeps what it has. */
export function shared(name: string, _server: unknown, templates: Templates): DeviceFile | undefined {
  if (name.toLowerCase() !== '000000000000.cfg') return undefined
  return {
    name,
    contentType,
    body: templates.render('master.xml.hbs', { image: '', files: '' }),
    secret: false,
  }
}
