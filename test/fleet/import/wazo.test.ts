import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../src/devices/catalogue.ts'
import { wazoSheet } from '../../../src/fleet/import/wazo.ts'

const sheet = (data: unknown) => wazoSheet(Buffer.from(JSON.stringify(data)), catalogue)
const vvx = {
  ...{ id: '412c212cff', ip: '10.0.0.1', mac: '64:16:7f:b2:69:d6', vendor: 'Polycom', model: 'VVX450' },
  ...{ version: '5.9.0', plugin: 'wazo-polycom-5.4.3', config: 'autoprov1234', configured: true },
}
const titles = ['Company', 'Number', 'Kind', 'Site', 'First name', 'Last name', 'Model', 'MAC']
const hints = ['wazo id', 'wazo ip', 'wazo description']
const empty = ['', '', '', '', '', '']

describe('a device list of wazo-provd', () => {
  it('becomes a table whose lines are still to be filled in', () => {
    const t46 = { mac: '805EC0112233', vendor: 'Yealink', model: 'T46U', description: '=Accueil' }
    expect(sheet({ devices: [vvx, t46] })).toEqual({
      rows: [
        [...titles, ...hints],
        [...empty, 'polycom/vvx-450', '64:16:7f:b2:69:d6', '412c212cff', '10.0.0.1', ''],
        [...empty, 'yealink/t46u', '80:5e:c0:11:22:33', '', '', "'=Accueil"],
      ],
      problems: [],
    })
  })

  it('may be of wazo-confd, or the list alone', () => {
    const { rows } = sheet({ devices: [vvx] })
    expect(sheet({ total: 1, items: [vvx] }).rows).toEqual(rows)
    expect(sheet([vvx]).rows).toEqual(rows)
  })

  it('tells of models and addresses that are none, by their row', () => {
    const devices = [
      vvx,
      { mac: null, vendor: 'Yealink', model: 'T54W' },
      { mac: '00:00:5e:00:00:01', vendor: 'Aastra', model: '6731i' },
      { mac: '64:16:7f:b2:69:d7', vendor: 'Polycom', model: 'VVX45' },
      { mac: '64:16:7f:b2:69:d8' },
    ]
    const { rows, problems } = sheet({ devices })
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'row 3 mac-invalid',
      'row 4 model-unknown',
      'row 5 model-unknown',
      'row 6 model-unknown',
    ])
    expect(problems[2]?.right).toContain('polycom/vvx-450')
    expect(rows.slice(2).map((row) => row[6])).toEqual(['yealink/t54w', 'Aastra/6731i', 'Polycom/VVX45', ''])
  })

  it('that is something else is refused', () => {
    const unfit = expect.objectContaining({ code: 'wazo-unfit' })
    for (const data of [{}, { devices: 'x' }, { devices: [1] }, 'x']) {
      expect(() => sheet(data)).toThrow(unfit)
    }
    expect(() => wazoSheet(Buffer.from('number;name\n'), catalogue)).toThrow(unfit)
  })
})
