import { expect, test } from 'vitest'
import { audiocodes } from '../../../src/devices/audiocodes/index.ts'
import { iniNames, pathNames, set, withParameters } from '../../../src/devices/audiocodes/settings.ts'
import { device, render } from './a-device.ts'

const ours = { a: [set('x/one', 1), set('x/two', true)], b: [set('y', 'text')] }

test('a parameter of the operator stands where ours stood, any other at the end', () => {
  const laid = withParameters(
    ours,
    [
      ['new/name', 'n'],
      ['x/two', 'theirs'],
    ],
    pathNames,
  )
  expect(laid.a).toEqual([set('x/one', '1'), set('x/two', 'theirs')])
  expect(laid.b).toEqual(ours.b)
  expect(laid.extra).toEqual([set('new/name', 'n')])
})

test('a path minds its case, a word of an ini file does not', () => {
  expect(withParameters(ours, [['X/ONE', '2']], pathNames).extra).toHaveLength(1)
  const laid = withParameters(
    { a: [set('MaxDigits', 30)] },
    [
      ['MAXDIGITS', '9'],
      ['maxdigits', '12'],
    ],
    iniNames,
  )
  expect(laid).toEqual({ a: [set('MaxDigits', '12')], extra: [] })
})

test.each(['', 'a b', ';a', 'a=b', 'include http://x', '[x]', 'a\nb', '/a', 'a/'])(
  '%j is no name',
  (name) => {
    expect(withParameters({}, [[name, '1']], pathNames).extra).toEqual([])
    expect(withParameters({}, [[name, '1']], iniNames).extra).toEqual([])
  },
)

test('a file with a parameter of the operator may hold a secret', () => {
  expect(render(device('440hd', { parameters: [['system/password', 'x']] })).secret).toBe(true)
})

test('the dictionary knows where a name comes from, a gateway’s in any case', () => {
  const { dictionary } = audiocodes
  expect(dictionary.source('voip/line/5/auth_name')).toContain('database')
  expect(dictionary.source('MAXDIGITS')).toContain('manual')
  expect(dictionary.has('VOIP/LINE/0/ID')).toBe(false)
  expect(dictionary.has('voip/invented')).toBe(false)
  expect(dictionary.names).toContain('IsFaxUsed')
  for (const name of dictionary.names) expect(dictionary.has(name.replaceAll('{n}', '3'))).toBe(true)
})
