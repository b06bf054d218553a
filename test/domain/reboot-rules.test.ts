import { expect, it } from 'vitest'
import type { RebootSettings } from '../../src/domain/intent.ts'
import { checkReboot } from '../../src/domain/reboot-rules.ts'

const found = (reboot: RebootSettings): readonly string[] =>
  checkReboot(reboot, 'reboot').map(({ code, severity, path }) => `${severity} ${code} ${path}`)
const account = { user: 'prov', password: 'a long one'.replaceAll(' ', '-') }
const server = '127.0.0.1:5038'

it.each<[string, RebootSettings]>([
  ['the SIP server, as the lines', { by: 'sip' }],
  ['the SIP server, with an account', { by: 'sip', ...account }],
  ['directly', { by: 'direct' }],
  ['Asterisk', { by: 'asterisk', server: '[::1]:5038', ...account }],
  ['FreeSWITCH', { by: 'freeswitch', server: 'switch.example.net:8021', password: 'ClueCon' }],
  ['FreeSWITCH with all it takes', { by: 'freeswitch', server, ...account, profile: 'external-v6' }],
  ['their web interface', { by: 'web', ...account }],
  ['nobody', { by: 'none' }],
])('devices may be told by %s', (_, reboot) => {
  expect(found(reboot)).toEqual([])
})

it.each<[string, RebootSettings, string[]]>([
  [
    'a switch that is nowhere and lets nobody in',
    { by: 'asterisk' },
    [
      'error reboot-server reboot.server',
      'error reboot-account reboot.user',
      'error reboot-account reboot.password',
    ],
  ],
  [
    'an event socket without its password',
    { by: 'freeswitch', server },
    ['error reboot-account reboot.password'],
  ],
  ['a user alone', { by: 'sip', user: 'prov' }, ['error reboot-account reboot.password']],
  ['a password alone', { by: 'sip', password: 'x' }, ['error reboot-account reboot.user']],
  [
    'a web interface without an account',
    { by: 'web', user: 'admin' },
    ['error reboot-account reboot.password'],
  ],
  [
    'a profile of no FreeSWITCH',
    { by: 'sip', profile: 'internal' },
    ['warning reboot-unused reboot.profile'],
  ],
  [
    'anything where nobody is told',
    { by: 'none', server, ...account },
    ['server', 'user', 'password'].map((field) => `warning reboot-unused reboot.${field}`),
  ],
  [
    'a server without a port',
    { by: 'asterisk', server: 'switch', ...account },
    ['error reboot-server reboot.server'],
  ],
  [
    'a port that is none',
    { by: 'asterisk', server: 'switch:70000', ...account },
    ['error reboot-server reboot.server'],
  ],
])('%s is told', (_, reboot, expected) => {
  expect(found(reboot)).toEqual(expected)
})

it.each(['\r', '\n', '\0', ' ', ',x\ry', 'é', '\u2028'])('%j ends no line of another protocol', (unfit) => {
  const reboot: RebootSettings = {
    by: 'freeswitch',
    server: `a${unfit}:5038`,
    user: `a${unfit}b`,
    password: `secret-a${unfit}b`,
    profile: `a${unfit}b`,
  }
  const problems = checkReboot(reboot, 'reboot')
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'reboot-server reboot.server',
    'reboot-account reboot.user',
    'reboot-account reboot.password',
    'reboot-profile reboot.profile',
  ])
  expect(JSON.stringify(problems)).not.toContain('secret')
})
