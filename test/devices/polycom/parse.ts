import { create } from 'xmlbuilder2'
import type { DeviceFile } from '../../../src/devices/driver.ts'

interface Element {
  readonly nodeName: string
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>
  readonly nodeType: number
  readonly childNodes: Iterable<Element>
  readonly textContent: string | null
}

/** The document element as a reader of its own sees it; throws on anything that is not XML. */
export function root(body: string): Element {
  return create(body).root().node as unknown as Element
}

/** The collection called `children` holds all descendants in this reader. */
function elements(of: Element): readonly Element[] {
  return [...of.childNodes].filter(({ nodeType }) => nodeType === 1)
}

/** All attributes below the document element, or on it, in document order. */
export function attributes(body: string): readonly (readonly [name: string, value: string])[] {
  const found: [string, string][] = []
  const walk = (element: Element): void => {
    for (const { name, value } of element.attributes) found.push([name, value])
    for (const child of elements(element)) walk(child)
  }
  walk(root(body))
  return found
}

/** All parameters of the configuration files that the master names, as the phone puts them together. */
export function parameters(files: readonly DeviceFile[]): ReadonlyMap<string, string> {
  const [master] = files
  const named = attributes(master?.body ?? '').find(([name]) => name === 'CONFIG_FILES')?.[1] ?? ''
  const all = new Map<string, string>()
  for (const name of named.split(',').map((name) => name.trim())) {
    const file = files.find((file) => file.name === name)
    if (!file) throw new Error(`the master names ${name}, which is not there`)
    for (const [parameter, value] of attributes(file.body)) {
      if (all.has(parameter)) throw new Error(`${parameter} stands twice`)
      all.set(parameter, value)
    }
  }
  return all
}

/** The entries of a directory, each as tag → text. */
export function favourites(files: readonly DeviceFile[]): readonly Readonly<Record<string, string>>[] {
  const body = files.find(({ name }) => name.endsWith('-directory.xml'))?.body ?? ''
  const [list] = elements(root(body))
  return (list ? elements(list) : []).map((item) =>
    Object.fromEntries(elements(item).map((tag) => [tag.nodeName, tag.textContent ?? ''])),
  )
}
