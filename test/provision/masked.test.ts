import { expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { maskedFiles } from '../../src/provision/masked.ts'
import { apply, emptyStore, surroundings } from './support.ts'

/** Letters that every vendor's format takes, and that some have to write otherwise. */
const secret = (i: number, what: string) => `${what}Zq${i}x`

test('no secret is in the files of any model, and the files are those it gets otherwise', async () => {
  const store = await emptyStore()
  const models = catalogue.models
  const lines = models.map((model, i) => ({
    number: `+3348305${String(i).padStart(4, '0')}`,
    kind: model.kind === 'ata' ? 'analog' : 'fixed',
    site: 'Grasse',
    name: `Line ${i}`,
    sip: { password: secret(i, 'sip') },
    equipment: {
      model: model.id,
      mac: `02${i.toString(16).padStart(10, '0')}`,
      parameters: { 'x.admin.password': secret(i, 'own') },
    },
  }))
  const parameters = Object.fromEntries(
    models.map((model, i) => [model.id, { 'x.user.pwd': secret(i, 'model'), 'x.shown': `shown${i}x` }]),
  )
  await apply(store, {
    companies: [
      {
        name: 'A',
        sip: { domain: 'sip.example.net' },
        parameters,
        sites: [{ name: 'Grasse' }],
        lines,
      },
    ],
  })
  const filesOf = maskedFiles(store, surroundings(), () => 1_800_000_000_000)
  for (const [i, { equipment }] of lines.entries()) {
    const files = await filesOf(equipment.mac)
    const text = (files ?? []).map(({ body }) => body).join('\n')
    const account = (await store.devices.deviceState(equipment.mac))?.account
    expect(text.length, equipment.model).toBeGreaterThan(100)
    for (const what of ['sip', 'own', 'model']) expect(text, equipment.model).not.toContain(secret(i, what))
    expect(account?.password).toMatch(/^\w{32}$/)
    expect(text, equipment.model).not.toContain(account?.password)
    for (const name of [secret(i, 'sip'), account?.password ?? ''])
      expect(text, equipment.model).not.toContain(Buffer.from(name).toString('base64'))
  }
  expect(await filesOf('805ec0ffffff')).toBeUndefined()
})
