import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Driver } from '../../src/devices/driver.ts'
import { drivers } from '../../src/devices/vendors.ts'
import { loadLiveDevices } from '../../src/provision/live-devices.ts'
import { type OverlaidTemplates, overlaidTemplates } from '../../src/provision/templates.ts'
import { apply, emptyStore, fleetFile, nobodyLeftOut, surroundings, temporaryFolder } from './support.ts'

const name = 'a.cfg.hbs'

function vendor(): Driver {
  const [driver] = drivers
  if (!driver) throw new Error('there are no drivers')
  return { ...driver, escapes: { cfg: (text) => text.replace(/\n/g, '') } }
}

interface Laid {
  readonly templates: OverlaidTemplates
  readonly broken: [file: string, reason: string][]
  readonly own: string
  /** Writes the operator's template; each writing is a new state of the file, however fast they follow. */
  write(text: string): Promise<void>
}

/** A shipped template that says `shipped`, and an operator's folder, which need not exist yet. */
async function laid(first?: string): Promise<Laid> {
  const folder = await temporaryFolder()
  const [shipped, own] = [join(folder, 'shipped'), join(folder, 'own')]
  await mkdir(shipped)
  await writeFile(join(shipped, name), 'shipped {{label}}')
  let writings = 0
  const write = async (text: string) => {
    await mkdir(own, { recursive: true })
    await writeFile(join(own, name), text)
    writings += 1
    await utimes(join(own, name), writings, writings)
  }
  if (first !== undefined) await write(first)
  const broken: Laid['broken'] = []
  const templates = overlaidTemplates(shipped, own, vendor(), (file, reason) => broken.push([file, reason]))
  return { templates, broken, own: join(own, name), write }
}

describe('an operator’s template', () => {
  test('is laid over the shipped one, with the same escapes', async () => {
    const { templates, broken } = await laid('mine {{label}}')
    expect(templates.render(name, { label: 'a\nb=1' })).toBe('mine ab=1')
    expect(broken).toEqual([])
  })

  test('is not needed: without a folder of his own the shipped one serves', async () => {
    const { templates } = await laid()
    expect(templates.render(name, { label: 'x' })).toBe('shipped x')
    const none = overlaidTemplates('templates/yealink', undefined, vendor(), nobodyLeftOut)
    expect(none.refresh()).toBe(false)
  })

  test('is taken in when it comes, changes and goes, each time once', async () => {
    const { templates, write, own } = await laid()
    const states: [string, boolean, boolean][] = []
    const look = () => {
      const moved = [templates.refresh(), templates.refresh()] as const
      states.push([templates.render(name, { label: '' }).trim(), ...moved])
    }
    templates.render(name, { label: '' })
    look()
    await write('one')
    look()
    await write('two')
    look()
    await rm(own)
    look()
    expect(states).toEqual([
      ['shipped', false, false],
      ['one', true, false],
      ['two', true, false],
      ['shipped', true, false],
    ])
  })

  test('that does not compile is told once, and the shipped one serves until it is mended', async () => {
    const { templates, broken, own, write } = await laid('{{#each}')
    for (let i = 0; i < 3; i++) expect(templates.render(name, { label: 'x' })).toBe('shipped x')
    expect(broken).toEqual([[own, expect.stringMatching(/parse error|expecting/i)]])
    await write('mended {{label}}')
    expect(templates.refresh()).toBe(true)
    expect(templates.render(name, { label: 'x' })).toBe('mended x')
    expect(broken).toHaveLength(1)
  })

  test('that fails with a device’s values is told once, and what each device gets depends on itself alone', async () => {
    const { templates, broken, own, write } = await laid('mine {{port.name}}')
    const good = { label: 'x', port: { name: 'y' } }
    expect(templates.render(name, good)).toBe('mine y')
    expect(templates.render(name, { label: 'x' })).toBe('shipped x')
    expect(templates.render(name, { label: 'x' })).toBe('shipped x')
    expect(templates.render(name, good)).toBe('mine y')
    expect(broken).toEqual([[own, '"name" is not defined there, at 1:7']])
    await write('again {{port.name}}')
    templates.refresh()
    expect(templates.render(name, { label: 'x' })).toBe('shipped x')
    expect(broken).toHaveLength(2)
  })

  test.each([
    ['{{password.length.x}}', 'there is no "x" in what stands before it'],
    ['{{password.x}}', 'there is no "x" in what stands before it'],
    ['{{#with password}}{{zone}}{{/with}}', 'there is no "zone" in what stands before it'],
    ['{{> (lookup this "password")}}', "it fails with a device's values"],
    ['{{password 1}}', "it fails with a device's values"],
  ])('%s is told without the value it stumbles over', async (text, reason) => {
    const { templates, broken, own } = await laid(text)
    expect(templates.render(name, { label: 'x', password: 'S3cret' })).toBe('shipped x')
    expect(broken).toEqual([[own, reason]])
  })

  test('that went since the last look does no harm', async () => {
    const { templates, own } = await laid('mine {{port.name}}')
    templates.render(name, { port: { name: 'y' } })
    await rm(own)
    expect(templates.render(name, { label: 'x' })).toBe('shipped x')
  })

  test('in a format without a known escape is left aside', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'a.json.hbs'), '{}')
    const templates = overlaidTemplates(folder, undefined, vendor(), nobodyLeftOut)
    expect(() => templates.render('a.json.hbs', {})).toThrow('no escape is known')
  })
})

test('a shipped template that fails is no mistake of the operator', async () => {
  const { templates, broken } = await laid()
  expect(() => templates.render(name, {})).toThrow(`template ${name}: "label" is not defined there, at 1:10`)
  expect(broken).toEqual([])
})

test('devices get other bytes and another revision with an own template, and the former ones without', async () => {
  const folder = await temporaryFolder()
  const store = await emptyStore()
  await apply(store, await fleetFile('examples/toine-immo.yaml'))
  const overlaid = new Map(
    drivers.map((driver) => [
      driver,
      overlaidTemplates(join('templates', driver.name), join(folder, driver.name), driver, nobodyLeftOut),
    ]),
  )
  const refresh = () => [...overlaid.values()].map((each) => each.refresh()).some(Boolean)
  const around = surroundings({
    templatesOf(driver) {
      const templates = overlaid.get(driver)
      if (!templates) throw new Error(`no templates for ${driver.name}`)
      return templates
    },
  })
  const live = await loadLiveDevices(store, around, nobodyLeftOut)
  const [boot, base] = ['805ec0aa0001.boot', '805ec0112233.boot']
  const shipped = live.byFile(boot)
  const others = live.byMac('64167fb269d6')?.rendered.revision
  await mkdir(join(folder, 'yealink'))
  await writeFile(
    join(folder, 'yealink', 'boot.cfg.hbs'),
    '#!version:1.0.0.1\n## mine\ninclude:config "{{configuration}}"\n',
  )
  expect(refresh()).toBe(true)
  await live.renderAll(['templates'])
  for (const file of [boot, base]) expect(live.byFile(file)?.file.body.toString()).toContain('## mine')
  expect(live.byFile(boot)?.device.rendered.revision).not.toBe(shipped?.device.rendered.revision)
  expect(live.byMac('64167fb269d6')?.rendered.revision).toBe(others)
  await rm(join(folder, 'yealink', 'boot.cfg.hbs'))
  expect(refresh()).toBe(true)
  await live.renderAll(['templates'])
  expect(live.byFile(boot)?.file).toEqual(shipped?.file)
  expect(live.byFile(boot)?.device.rendered.revision).toBe(shipped?.device.rendered.revision)
})
