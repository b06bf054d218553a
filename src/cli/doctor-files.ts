import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalogue } from '../devices/catalogue.ts'
import { compileTemplate } from '../devices/templates.ts'
import { drivers } from '../devices/vendors.ts'
import { firmwareImages } from '../provision/firmware.ts'
import type { Settings } from '../settings.ts'
import { codeOf, type Finding, good, warning, wrong } from './doctor-finding.ts'

const shipped = fileURLToPath(new URL('../../templates', import.meta.url))

/** The operator's own templates: a broken one is left aside while the shipped one serves, and somebody wonders why. */
export async function lookAtTemplates({
  templates,
}: Pick<Settings, 'templates'>): Promise<readonly Finding[]> {
  const about = 'templates'
  if (templates === undefined) return [good(about, 'the shipped ones serve')]
  const findings: Finding[] = []
  let own = 0
  for (const { name: vendor, escapes } of drivers) {
    const known = await namesIn(join(shipped, vendor))
    for (const name of await namesIn(join(templates, vendor))) {
      const file = join(templates, vendor, name)
      own++
      if (!known.includes(name)) {
        findings.push(warning(about, `nothing asks for ${file}`, `the names there are: ${known.join(', ')}`))
        continue
      }
      try {
        compileTemplate(name, await readFile(file, 'utf8'), escapes)
      } catch (error) {
        const [reason] = (error instanceof Error ? error.message : codeOf(error)).split('\n')
        findings.push(
          wrong(about, `${file} is broken, the shipped one serves: ${reason}`, 'correct it, or take it away'),
        )
      }
    }
  }
  return findings.length > 0 ? findings : [good(about, `${own} of your own, laid over the shipped ones`)]
}

export function lookAtFirmware({ firmware }: Pick<Settings, 'firmware'>): readonly Finding[] {
  const images = firmwareImages(firmware, catalogue)
  const unasked = images.filter(({ models }) => models.length === 0)
  if (unasked.length === 0) return [good('firmware', `${images.length} images in ${firmware}`)]
  return unasked.map(({ file }) =>
    warning(
      'firmware',
      `no model asks for ${file}`,
      'name it as docs/models.md says for its model, or take it away',
    ),
  )
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith('.hbs')).sort()
}
