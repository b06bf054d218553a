import type { RequestPattern } from '../driver.ts'

const mac = '(?<mac>(?!0{12})[0-9a-f]{12})'
const folder = '(?:[\\w-][\\w.-]*/)*'
const partNumber = '\\d{4}-\\d{5}-\\d{3}\\.'

/**
 * Everything a phone asks for. An image is asked by the phone's part number, twice in front when the name had it
 * already, and a second time without.
 */
export const requests: readonly RequestPattern[] = [
  { kind: 'shared', pattern: anybody('\\.cfg') },
  { kind: 'absent', pattern: new RegExp(`^${folder}[0-9a-f]{12}-license\\.cfg$`, 'i') },
  { kind: 'absent', pattern: anybody('-directory~?\\.xml') },
  { kind: 'device', pattern: own('(?:-lines|-settings)?\\.cfg') },
  { kind: 'directory', pattern: own('-directory\\.xml') },
  { kind: 'overrides', pattern: own('-(?:phone|web)\\.cfg') },
  { kind: 'calls', pattern: own('-calls\\.xml') },
  { kind: 'log', pattern: own('-(?:boot|app|appFlash)\\.log') },
  { kind: 'absent', pattern: own('-core[\\w.-]*') },
  {
    kind: 'firmware',
    pattern: new RegExp(
      `^${folder}(?:(${partNumber})(?=\\1))?(?<file>(?:${partNumber})?(?:sip(?:_\\w+)?|bootrom|bootblock|dect)\\.ld)$`,
      'i',
    ),
  },
  { kind: 'firmware', pattern: new RegExp(`^${folder}(?<file>(?:sip|dect)\\.ver)$`, 'i') },
  {
    kind: 'resource',
    pattern: /^(?<file>(?:VVXLocalization|SoundPointIPLocalization)\/[\w-]+\/[\w-]+\.xml)$/i,
  },
  { kind: 'resource', pattern: /^(?<file>languages\/[\w-]+\.xml)$/i },
  { kind: 'resource', pattern: /^(?<file>[\w-][\w .-]*\.(?:wav|jpg))$/i },
]

function own(ending: string): RegExp {
  return new RegExp(`^${folder}${mac}${ending}$`, 'i')
}

/** The twelve zeros stand for every phone. */
function anybody(ending: string): RegExp {
  return new RegExp(`^${folder}0{12}${ending}$`, 'i')
}
