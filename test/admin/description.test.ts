import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Validator } from '@seriousme/openapi-schema-validator'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiPage } from '../../src/admin/http/api-page.ts'
import { openApi } from '../../src/admin/http/openapi.ts'
import { route } from '../../src/admin/route.ts'
import { routes } from '../../src/admin/routes/index.ts'
import { serving } from './helpers/serving.ts'
import { ours, pathOf, servingWhole } from './helpers/whole.ts'

interface Operation {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> }
  readonly responses: Readonly<Record<string, object>>
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const description = openApi(routes, '1.0.0') as Description

/** Pages, sessions and passwords are tried where people sign in; an answer without end where devices are looked at. */
const triedElsewhere = [
  'importSheet',
  'followEvents',
  'setPassword',
  'beginSecondFactor',
  'confirmSecondFactor',
  'removeSecondFactor',
  'renewRecoveryCodes',
]

interface Good {
  readonly query?: string
  readonly body?: unknown
  readonly status?: number
}

const other = ours.lines[1]
const keys = { supervision: [other], shortcuts: [{ number: '0613456782', label: 'Pierre' }, 'interception'] }
const fleet = { companies: [{ name: ours.company, timezone: 'Europe/Paris' }] }
const accueil = { name: 'Atelier', members: [ours.lines[1]] }
const somebody = { email: 'new@example.net', name: 'New', role: 'manager', companies: [ours.company] }

/** A call of each operation that goes well, in this order: what is removed is removed last. */
const good: Readonly<Record<string, Good>> = {
  listCompanies: { query: 'limit=1' },
  readCompany: {},
  settleCompany: { body: { locale: 'en' } },
  configureCompany: { body: { sip: { proxy: 'proxy.example.net' } } },
  listSites: {},
  readSite: {},
  createSite: { body: { name: 'Lyon' }, status: 201 },
  changeSite: { body: { address: '3 rue Neuve' } },
  listLines: { query: 'search=biel&limit=1' },
  readLine: {},
  createLine: { body: { number: '+33483050200', kind: 'fixed', site: 'Lyon', name: 'Hall' }, status: 201 },
  changeLine: { body: { lastName: 'Biel' } },
  readEquipment: {},
  setEquipment: { body: { model: 'polycom/vvx-450', mac: '64167fb269d6' } },
  readKeys: {},
  checkKeys: { body: keys },
  previewKeys: { body: keys },
  replaceKeys: { body: keys },
  replaceShortcuts: { body: { shortcuts: [] } },
  copyKeys: { body: { to: [other] } },
  readKeyHistory: {},
  undoKeys: { body: { change: 1 } },
  readDirectory: { query: 'search=p&limit=1' },
  listKeyLayouts: {},
  readKeyLayout: {},
  createKeyLayout: { body: { name: 'Vente', ...keys }, status: 201 },
  changeKeyLayout: { body: { shortcuts: [] } },
  applyKeyLayout: { body: { to: [other] } },
  listPickupGroups: {},
  readPickupGroup: {},
  readPickupGroupOfLine: {},
  readGuard: {},
  forgiveSource: { body: { source: '192.0.2.9' } },
  createPickupGroup: { body: { ...accueil, members: [] }, status: 201 },
  changePickupGroup: { body: { members: [] } },
  planFleet: { body: fleet },
  applyFleet: { body: fleet },
  exportFleet: {},
  listDevices: { query: 'limit=1' },
  readDevice: {},
  readDeviceStory: {},
  readDeviceFiles: {},
  readDeviceChanges: {},
  openDeviceWindow: {},
  closeDeviceWindow: {},
  rebootDevice: { body: {} },
  listDeviceUploads: {},
  readDeviceUpload: {},
  listReboots: { query: 'limit=1' },
  orderReboots: { body: { company: ours.company, when: 'quiet' } },
  rescheduleReboot: { body: { when: '03:00' } },
  cancelReboot: {},
  listDiscovered: { query: 'limit=1' },
  forgetDiscovered: {},
  listModels: { query: 'maker=yealink' },
  readModel: {},
  listParameters: { query: 'maker=polycom&search=lcl' },
  listFirmware: {},
  readCertificates: {},
  readServer: {},
  readServerSettings: {},
  lookUpMac: { query: 'mac=80-5E-C0-AA-00-01' },
  readFacts: { query: 'limit=1' },
  readSiteFacts: { query: 'company=Toine%20Immo' },
  readAudit: { query: 'limit=20' },
  exportAudit: {},
  addPerson: { body: somebody, status: 201 },
  listPeople: { query: 'limit=1' },
  readPerson: {},
  changePerson: { body: { name: 'Renamed' } },
  makeSignInLink: { body: {}, status: 201 },
  listSignIns: {},
  createToken: { body: { name: 'crm', role: 'operator' }, status: 201 },
  listTokens: {},
  revokeToken: {},
  readMe: {},
  changeMe: { body: { locale: 'en' } },
  listSessions: {},
  listMySignIns: {},
  endSession: {},
  endSessions: {},
  removePickupGroup: {},
  removeKeyLayout: {},
  removeEquipment: {},
  removeLine: {},
  removeSite: {},
  removePerson: {},
  exportSheet: { query: 'format=xlsx&language=en' },
  startImport: { query: 'dryRun=true', body: 'number\n', status: 201 },
  readImport: {},
  createCompany: { body: { name: 'Nouvelle', sip: { domain: 'sip.nouvelle.example' } }, status: 201 },
  renameCompany: { body: { name: 'Vide' } },
  planCompanyDeletion: { body: {} },
  cancelCompanyDeletion: {},
  planMove: { body: { to: 'Vide', lines: [other] } },
  moveLines: { body: { to: 'Vide', lines: [other] } },
}

describe('the description', () => {
  test('is OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate({ ...description })
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  test('has every operation, with what stands in its path', () => {
    const found = Object.values(description.paths).flatMap((methods) => Object.values(methods))
    expect(found.map(({ operationId }) => operationId).toSorted()).toEqual(
      routes.map(({ id }) => id).toSorted(),
    )
    for (const { path, method } of routes) {
      const named = description.paths[path]?.[method]?.parameters.filter((each) => each.in === 'path') ?? []
      expect(named.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
    }
  })

  test('says that a fleet file may come as YAML too, and what is only heeded where it is sent', () => {
    for (const path of ['/fleet/plan', '/fleet/apply']) {
      const content = description.paths[path]?.post?.requestBody?.content ?? {}
      expect(Object.keys(content)).toEqual(['application/json', 'application/yaml'])
      expect(content['application/yaml']).toEqual(content['application/json'])
    }
    const needed = (path: string, method: string) =>
      description.paths[path]?.[method]?.parameters.find(({ name }) => name === 'If-Match')?.required
    expect(needed('/lines/{line}', 'patch')).toBe(true)
    expect(needed('/lines/{line}', 'delete')).toBe(false)
  })

  test('has nothing that a good call is not tried of', () => {
    expect([...Object.keys(good), ...triedElsewhere].toSorted()).toEqual(
      routes.map(({ id }) => id).toSorted(),
    )
  })
})

describe('an answer is what the description says', () => {
  let api: Awaited<ReturnType<typeof servingWhole>>
  let params: Record<string, string>

  beforeAll(async () => {
    api = await servingWhole()
    const { person, token } = await api.plant(ours)
    const session = await api.openSession(1)
    await api.openSession(1)
    params = {
      company: ours.company,
      site: ours.sites[0],
      line: ours.lines[0],
      mac: ours.macs[0],
      name: ours.upload,
      group: ours.group,
      layout: ours.layout,
      import: String(await api.store.imports.begin({ owner: 'person:1', at: 0, forgetBefore: 0 })),
      person: String(person),
      token: String(token),
      session: String(session),
      maker: 'polycom',
      model: 'vvx-450',
    }
  })
  afterAll(async () => {
    await api.close()
    expect(api.faults).toEqual([])
  })

  /** What each names, where it is not the things of all. */
  const elsewhere: Readonly<Record<string, Record<string, string>>> = {
    forgetDiscovered: { mac: ours.discovered },
    removeSite: { site: 'Lyon' },
    removeLine: { line: '+33483050200' },
    renameCompany: { company: 'Nouvelle' },
    planCompanyDeletion: { company: 'Vide' },
    cancelCompanyDeletion: { company: 'Vide' },
  }

  async function changeOf(version: unknown): Promise<unknown> {
    const { body } = await api.ask('GET', `/lines/${ours.lines[0]}/keys/history`)
    return { ...(version as object), change: body.items.at(-1).change }
  }

  test.each(Object.entries(good))('%s', async (id, { query = '', body, status }) => {
    const found = routes.find((each) => each.id === id)
    if (!found) throw new Error(`there is no ${id}`)
    const path = pathOf(found, { ...params, ...elsewhere[id] })
    const read = path.replace(/\/(configuration|undo)$/, '').replace(/\/shortcuts$/, '/keys')
    const etag = found.guarded ? ((await api.ask('GET', read)).etag ?? '') : undefined
    const sent = id === 'undoKeys' ? await changeOf(body) : body
    const answered = await api.ask(found.method.toUpperCase(), `${path}?${query}`, {
      ...(sent === undefined ? {} : { body: sent }),
      ...(etag === undefined ? {} : { headers: { 'If-Match': etag } }),
    })
    const { answer } = found
    expect({ status: answered.status, text: answered.status < 300 ? '' : answered.text }).toEqual({
      status: status ?? (answer ? 200 : 204),
      text: '',
    })
    expect(Object.keys(description.paths[found.path]?.[found.method]?.responses ?? {})).toContain(
      String(answered.status),
    )
    if (!answer) expect(answered.text).toBe('')
    else if ('contentType' in answer) expect(answered.headers.get('content-type')).toBe(answer.contentType)
    // What the schema does not know it leaves out, so that a field too many is a difference.
    else expect(answer.parse(answered.body)).toEqual(answered.body)
  })
})

test('its page is whole: everything it names is served beside it', async () => {
  const server = express().use('/api/docs', createApiPage()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const page = await fetch(`http://127.0.0.1:${port}/api/docs`)
    const names = [...(await page.text()).matchAll(/(?:href|src)="([^"]+)"/g)].map(([, name = '']) => name)
    expect(names).toHaveLength(4)
    for (const name of names) expect((await fetch(new URL(name, page.url))).status).toBe(200)
  } finally {
    server.close()
  }
})

test('an answer that goes on begins before there is anything to say', async () => {
  const silence = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<IteratorResult<string>>(() => {}),
      return: async () => ({ done: true as const, value: undefined }),
    }),
  }
  const listen = route({
    id: 'listen',
    method: 'get',
    path: '/listen',
    summary: 'Listen',
    tag: 'things',
    action: 'server.read',
    of: 'server',
    answer: { contentType: 'text/event-stream' },
    handle: async () => ({ stream: silence }),
  })
  const api = await serving([listen])
  try {
    const leave = new AbortController()
    const headers = { Authorization: 'Bearer operator' }
    const response = await fetch(`${api.address}api/v1/listen`, { headers, signal: leave.signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    leave.abort()
  } finally {
    await api.close()
  }
})
