import { describe, expect, it } from 'vitest'
import { identify } from '../../../src/delivery/access/identity.ts'
import type { Driver } from '../../../src/devices/driver.ts'
import type { Model } from '../../../src/domain/model.ts'

const alpha = driver('alpha', '001122', [
  { pattern: /^0{12}\.cfg$/, kind: 'shared' },
  { pattern: /^(?<mac>[0-9a-f]{12})\.cfg$/i, kind: 'device' },
  { pattern: /^(?<mac>[0-9a-f]{12})-app\.log$/i, kind: 'log' },
])
const beta = driver('beta', '00aabb', [
  { pattern: /^(?<mac>[0-9a-f]{12})\.cfg$/i, kind: 'device' },
  { pattern: /^(?<file>(?<model>beta-\w+)\.img)$/i, kind: 'firmware' },
])
const drivers = [alpha, beta]
const mac = '00aabb000001'
const nothingLinked = (): undefined => undefined

describe('a device is known by', () => {
  it('the name it asks for, in any case', () => {
    const identity = identify({ name: '00AABB000001.cfg' }, drivers, nothingLinked)
    expect(identity).toMatchObject({ mac, macFrom: 'name', kind: 'device', agreement: 'claimed' })
    expect('driver' in identity && identity.driver?.name).toBe('beta')
  })

  it('its user agent, which beats the address block', () => {
    const identity = identify({ name: `${mac}.cfg`, userAgent: 'alpha One 2.3' }, drivers, nothingLinked)
    expect(identity).toMatchObject({ version: '2.3', model: { id: 'alpha/one' }, agreement: 'claimed' })
    expect('driver' in identity && identity.driver?.name).toBe('alpha')
  })

  it('user agent and name together', () => {
    const identity = identify(
      { name: `${mac}.cfg`, userAgent: `beta One 1.0 ${mac}` },
      drivers,
      nothingLinked,
    )
    expect(identity).toMatchObject({ mac, agreement: 'confirmed' })
  })

  it.each(['00AABB000001', '00:aa:bb:00:00:01'])('its certificate, written %s', (certificate) => {
    const identity = identify({ name: `${mac}.cfg`, certificate }, drivers, nothingLinked)
    expect(identity).toMatchObject({ mac, macFrom: 'name', agreement: 'proved' })
  })

  it('the linked model before all else', () => {
    const identity = identify({ name: `${mac}.cfg` }, drivers, () => alpha.models[0])
    expect('driver' in identity && identity.driver?.name).toBe('alpha')
  })

  it('a model in the name of an image', () => {
    expect(identify({ name: 'beta-two.img' }, drivers, nothingLinked)).toMatchObject({
      kind: 'firmware',
      file: 'beta-two.img',
      model: { id: 'beta/two' },
      agreement: 'none',
    })
  })

  it('nothing at all', () => {
    const identity = identify({ name: 'favicon.ico', userAgent: 'curl/8' }, drivers, nothingLinked)
    expect(identity).toEqual({ agreement: 'none', reasons: [] })
  })
})

describe('a contradiction is refused', () => {
  it.each([
    ['user agent', { userAgent: 'beta One 1.0 00aabb000002' }],
    ['certificate', { certificate: '00AABB000002' }],
    ["another maker's user agent with another address", { userAgent: 'alpha One 1.0 00aabb000002' }],
  ])('between name and %s', (_, more) => {
    const identity = identify({ name: `${mac}.cfg`, ...more }, drivers, nothingLinked)
    expect(identity).toMatchObject({ refused: 'mac-mismatch', mac })
    expect(identity.reasons.join()).toContain('00aabb000002')
  })

  it('between user agent and certificate on a shared file', () => {
    const evidence = {
      name: '000000000000.cfg',
      userAgent: `beta One 1.0 ${mac}`,
      certificate: '00AABB000002',
    }
    expect(identify(evidence, drivers, nothingLinked)).toMatchObject({ refused: 'mac-mismatch' })
  })

  it("between the user agent's maker and the linked model's", () => {
    const evidence = { name: `${mac}.cfg`, userAgent: 'alpha One 2.3' }
    const identity = identify(evidence, drivers, () => beta.models[0])
    expect(identity).toMatchObject({ refused: 'model-mismatch', mac })
    expect(identity.reasons).toContain('the linked model is beta/one')
  })
})

describe('what is no contradiction', () => {
  it('another model of the same maker is recorded', () => {
    const evidence = { name: `${mac}.cfg`, userAgent: 'beta Two 2.3' }
    const identity = identify(evidence, drivers, () => beta.models[0])
    expect(identity).toMatchObject({ mac, model: { id: 'beta/two' } })
    expect(identity.reasons).toContain('it says beta/two, the linked model is beta/one')
  })

  it("a user agent that is nobody's says nothing", () => {
    const evidence = { name: `${mac}.cfg`, userAgent: 'Mozilla/5.0' }
    expect(identify(evidence, drivers, () => beta.models[0])).toMatchObject({ mac, kind: 'device' })
  })
})

describe("a device's own file needs its address in the name", () => {
  it('all zeros are nobody, whoever asks', () => {
    const evidence = { name: '000000000000.cfg', userAgent: `beta One 1.0 ${mac}` }
    expect(identify(evidence, drivers, nothingLinked)).toMatchObject({
      kind: 'absent',
      mac,
      macFrom: 'user-agent',
    })
    expect(identify({ name: '000000000000.cfg' }, drivers, nothingLinked)).toMatchObject({ kind: 'shared' })
  })
})

function driver(name: string, prefix: string, requests: Driver['requests']): Driver {
  const unused = (): never => {
    throw new Error('identity renders nothing')
  }
  const form = new RegExp(`^${name} (\\S+) ([\\d.]+)(?: ([0-9a-f]{12}))?$`)
  return {
    name,
    models: [model(`${name}/one`, 'One'), model(`${name}/two`, 'Two', `${name}-two`)],
    prefixes: { poly: [prefix] },
    requests,
    escapes: {},
    dhcp: [],
    dictionary: { has: () => false, similar: () => [] } as unknown as Driver['dictionary'],
    readUserAgent(text) {
      const [, spoken, version, said] = form.exec(text) ?? []
      return spoken && version
        ? { maker: 'poly', model: spoken, version, ...(said ? { mac: said } : {}) }
        : undefined
    },
    wake: unused,
    render: unused,
    shared: unused,
  }
}

function model(id: string, userAgent: string, alias?: string): Model {
  return {
    id,
    userAgent,
    ...(alias ? { userAgentAliases: [alias] } : {}),
    maker: 'poly',
    label: id,
    kind: 'phone',
    lines: 1,
    ports: 1,
    generation: 'any',
    confidence: 'verified',
  }
}
