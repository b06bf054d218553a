import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverRoutes } from '../../../src/admin/routes/server.ts'
import { readSettings, shownSettings } from '../../../src/settings.ts'
import { fits, people } from '../helpers/fleet.ts'
import { serving } from '../helpers/serving.ts'

const secret = 'kQ9vR3xTz8wLm5pYb2NcE7uJ'
const read = readSettings({ BOOTLINE_WEBHOOK_SECRET: secret, BOOTLINE_TRUSTED_PROXIES: '10.0.0.0/8' })
if (!('settings' in read)) throw new Error('the settings of the test are refused')
const { settings } = read

let api: Awaited<ReturnType<typeof serving>>
beforeAll(async () => {
  api = await serving(serverRoutes, people, { settings, now: Date.now })
})
afterAll(() => api.close())

test('an operator reads how the server is set up, and of its secrets only whether they are', async () => {
  const { status, body } = await api.ask('GET', '/server/settings')
  expect(status).toBe(200)
  fits(
    serverRoutes.find(({ id }) => id === 'readServerSettings'),
    body,
  )
  expect(JSON.stringify(body)).not.toContain(secret)
  const named = (name: string) => body.settings.find((setting: { name: string }) => setting.name === name)
  expect(named('BOOTLINE_WEBHOOK_SECRET')).toMatchObject({ value: '', isSet: true })
  expect(named('BOOTLINE_REGISTRAR_TOKEN')).toMatchObject({ value: '', isSet: false })
  expect(named('BOOTLINE_HTTP')).toMatchObject({ value: '0.0.0.0:8080', isSet: true })
  expect(Date.parse(body.startedAt)).toBeLessThanOrEqual(Date.now())
  expect((await api.ask('GET', '/server/settings', { as: 'manager' })).status).toBe(403)
})

test('every setting is shown', () => {
  expect(shownSettings(settings).map(({ name }) => name)).toEqual(read.shown.map(({ name }) => name))
})
