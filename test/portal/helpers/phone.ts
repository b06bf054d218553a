import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Living } from './living.ts'

const agent = 'FileTransport PolycomVVX-VVX_450-UA/6.4.3.5814 Type/Application'

/** As a phone does when it starts: it asks for its first file, whose status this is, and for those that it names. */
export async function startPhone(
  server: Living,
  mac: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const ask = (name: string) =>
    fetch(`http://${server.devices.http}/${name}`, { headers: { 'User-Agent': agent, ...headers } })
  const first = await ask(`${mac}.cfg`)
  const named = /CONFIG_FILES="([^"]*)"/.exec(await first.text())?.[1] ?? ''
  for (const name of [...named.split(', ').filter(Boolean), `${mac}-directory.xml`])
    await (await ask(name)).text()
  return first.status
}

/** The files of a change are there a moment later: a phone comes until it has them, and the page gives a sign of it. */
export async function comesUntil(sign: Locator, server: Living, mac: string): Promise<void> {
  const shown = async () => {
    await startPhone(server, mac)
    return sign.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    )
  }
  await expect.poll(shown, { timeout: 25_000 }).toBe(true)
}
