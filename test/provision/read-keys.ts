import type { DeviceFile } from '../../src/devices/driver.ts'
import { pageSwitches } from '../../src/devices/yealink/quirks.ts'
import type { Model } from '../../src/domain/model.ts'
import { readCfg, readIni } from '../devices/audiocodes/read-files.ts'
import { attributes, favourites, parameters } from '../devices/polycom/parse.ts'
import { parse, repeated } from '../devices/yealink/parse.ts'

/** A key as it stands in a device's files, `undefined` where the place is empty. */
export type ReadKey =
  | { readonly role: 'line' }
  | { readonly role: 'supervision' | 'dial'; readonly target: string }
  | undefined

/** What a device would understand of its files. */
export interface Read {
  readonly names: readonly string[]
  /** Names that stand more than once. */
  readonly doubled: readonly string[]
  /** All places for keys of the phone and its modules, in the order people count them. */
  readonly keys: readonly ReadKey[]
}

export type Reader = (files: readonly DeviceFile[], model: Model, expansion: readonly string[]) => Read

/** By the driver's name; each reads with a parser written apart from what makes the files. */
export const readers: Readonly<Record<string, Reader>> = {
  polycom(files, model) {
    const all = parameters(files)
    const dialled = favourites(files).map(({ ct = '' }) => ct)
    let watched = 0
    const key = (category: string | undefined, index: string | undefined): ReadKey => {
      if (category === 'Line') return { role: 'line' }
      if (category === 'BLF')
        return { role: 'supervision', target: all.get(`attendant.resourceList.${++watched}.address`) ?? '' }
      return category === 'SpeedDial' ? { role: 'dial', target: dialled[Number(index) - 1] ?? '' } : undefined
    }
    const assigned = counted(all, /^lineKey\.(\d+)\.category$/).map((n) =>
      key(all.get(`lineKey.${n}.category`), all.get(`lineKey.${n}.index`)),
    )
    const names = files.flatMap(({ name, body }) =>
      /-(?:lines|settings)\.cfg$/.test(name) ? attributes(body).map(([parameter]) => parameter) : [],
    )
    return {
      names,
      doubled: doubled(names),
      // The oldest phones cannot be told which key is which: they lay what they watch and dial behind the line.
      keys: model.generation === 'sip3' && model.keys ? unassigned(all, dialled) : assigned,
    }
  },
  yealink(files, model, expansion) {
    const parsed = parse(files.find(({ name }) => name.endsWith('.cfg'))?.body ?? '')
    const at = (place: string): ReadKey => {
      const type = parsed.values.get(`${place}.type`)
      const target = parsed.values.get(`${place}.value`) ?? ''
      if (type === '15') return { role: 'line' }
      if (type === '16') return { role: 'supervision', target }
      return type === '13' ? { role: 'dial', target } : undefined
    }
    const own = [/^(linekey\.\d+)\.type$/, /^(memorykey\.\d+)\.type$/].flatMap((form) =>
      parsed.entries.flatMap(([name]) => form.exec(name)?.[1] ?? []),
    )
    const modules = expansion.flatMap((module, i) => {
      const turns = pageSwitches[module] ?? []
      const places = (model.expansions?.[module]?.keys ?? 0) + turns.length
      return Array.from({ length: places }, (_, n) => n + 1)
        .filter((n) => !turns.includes(n))
        .map((n) => `expansion_module.${i + 1}.key.${n}`)
    })
    return {
      names: parsed.entries.map(([name]) => name),
      doubled: repeated(parsed),
      keys: [...own, ...modules].map(at),
    }
  },
  audiocodes(files, model) {
    const body = files.find(({ name }) => !name.endsWith('.pem'))?.body ?? ''
    if (model.generation === 'mp-1xx') {
      const { values, tables } = readIni(body)
      const columns = [...tables.values()].flatMap((table) => table.columns)
      return { names: [...values.keys(), ...tables.keys(), ...columns], doubled: [], keys: [] }
    }
    // This reader fails on a name that comes twice.
    const values = readCfg(body)
    const key = (n: number): ReadKey => {
      const path = `personal_settings/functional_key/${n}`
      const target = values.get(`${path}/speed_dial_number`) ?? ''
      const type = values.get(`${path}/type`)
      if (type === 'SIP_ACCOUNT') return { role: 'line' }
      if (type === 'SPEED_DIAL_BLF') return { role: 'supervision', target }
      return type === 'SPEED_DIAL' ? { role: 'dial', target } : undefined
    }
    const keys = counted(values, /^personal_settings\/functional_key\/(\d+)\/type$/).map(key)
    // The line's own key may stand behind the programmable ones on the phone; it is the first all the same.
    const others = keys.filter((read) => read?.role !== 'line')
    const own = keys.filter((read) => read?.role === 'line')
    return { names: [...values.keys()], doubled: [], keys: [...own, ...others] }
  },
}

function unassigned(all: ReadonlyMap<string, string>, dialled: readonly string[]): readonly ReadKey[] {
  const watched = counted(all, /^attendant\.resourceList\.(\d+)\.address$/)
    .map((n) => all.get(`attendant.resourceList.${n}.address`) ?? '')
    .filter((target) => target !== '')
  return [
    ...(all.get('reg.1.address') ? [{ role: 'line' } as const] : []),
    ...watched.map((target) => ({ role: 'supervision', target }) as const),
    ...dialled.map((target) => ({ role: 'dial', target }) as const),
  ]
}

/** The numbers in names of this form, ascending. */
function counted(all: ReadonlyMap<string, string>, form: RegExp): readonly number[] {
  const found = [...all.keys()].flatMap((name) => form.exec(name)?.[1] ?? [])
  return found.map(Number).sort((a, b) => a - b)
}

function doubled(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}
