import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'
import { folderTemplates } from '../../../src/devices/templates.ts'
import { whole } from '../whole.ts'
import { account, device, port, render, server } from './a-device.ts'
import { readCfg, readTree } from './read-files.ts'

const ours = join(import.meta.dirname, '../../../templates/audiocodes')
const adapter = device('mp-204b', {
  ports: [port({ port: 2, use: 'fax', displayName: 'Fax (RDC) "B"' }), port({ port: 4, use: 'phone' })],
  parameters: [['voip/num_of_fxs_lines', '4']],
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootline-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What the device gets when an operator lays this template over ours. */
function rendered(): string {
  const templates = folderTemplates(folder, audiocodes.escapes)
  const [file] = whole(audiocodes.render(adapter, { ...server, account }, templates))
  return file?.body ?? ''
}

describe('an adapter', () => {
  test('registers the sockets that have a line and switches the others off', () => {
    const values = readCfg(render(adapter).body)
    const enabled = [0, 1, 2, 3].map((i) => values.get(`voip/line/${i}/enabled`))
    expect(enabled).toEqual(['0', '1', '0', '1'])
    expect(values.get('voip/line/3/auth_password')).toBe('secret4Qw')
    expect(values.get('voip/line/0/auth_password')).toBe('0')
    expect(values.get('voip/num_of_fxs_lines')).toBe('4')
  })

  test('takes the dialect of parentheses, with the same parameters', () => {
    copyFileSync(join(ours, 'mp-20x-openrg.conf.hbs'), join(folder, 'mp-20x.conf.hbs'))
    const wanted = [...readCfg(render(adapter).body)].sort()
    expect([...readTree(rendered())].sort()).toEqual(wanted)
  })

  test('takes the dialect of the command line, with the same parameters', () => {
    copyFileSync(join(ours, 'mp-20x-cli.conf.hbs'), join(folder, 'mp-20x.conf.hbs'))
    const lines = rendered().trimEnd().split('\n')
    const set = lines.slice(0, -2).map((line) => /^conf set (\S+) "([^"]*)"$/.exec(line)?.slice(1))
    expect(set).toEqual([...readCfg(render(adapter).body)])
    expect(lines.slice(-2)).toEqual(['conf reconf 1', 'flash commit'])
  })

  test('takes an export of its own with placeholders', () => {
    writeFileSync(
      join(folder, 'mp-20x.conf.hbs'),
      `version={{version}}\nurl={{url}}{{MAC}}.CONF\nuser={{account.user}} {{account.password}}
a={{sockets.[1].user}} {{sockets.[1].password}} {{sockets.[1].enabled}} {{#if sockets.[1].fax}}fax{{/if}}
b=[{{sockets.[0].user}}] {{sockets.[3].name}} {{sockets.[3].number}}{{#if sockets.[3].fax}}fax{{/if}}
{{domain}} {{proxy}} {{port}} {{transport}} {{voicemail}} {{locale}} {{timezone}} {{mac}}\n`,
    )
    expect(rendered()).toBe(`version=7\nurl=https://prov.example.net:8443/00908F602AAC.CONF
user=p7f3a Kx9mQ2vT8w\na=33483050192 secret2Qw 1 fax\nb=[] Stéphane Biel +33483050194
sip.example.net sip.example.net 5060 udp 123 fr Europe/Paris 00908f602aac\n`)
  })
})
