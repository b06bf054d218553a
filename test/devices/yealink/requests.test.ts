import { expect, test } from 'vitest'
import { yealink } from '../../../src/devices/yealink/index.ts'

function kindOf(path: string) {
  return yealink.requests.find(({ pattern }) => pattern.test(path))?.kind
}

test.each([
  ['001565f4f9e1.boot', 'device'],
  ['001565f4f9e1.cfg', 'device'],
  ['001565F4F9E1.CFG', 'device'],
  ['yealink/W52P/001565f4f9e1.cfg', 'device'],
  ['y000000000000.boot', 'absent'],
  ['y000000000000.cfg', 'shared'],
  ['y000000000025.cfg', 'shared'],
  ['y000000000146.cfg', 'shared'],
  ['bootline-ca.pem', 'shared'],
  ['001565f4f9e1-local.cfg', 'overrides'],
  ['001565f4f9e1-contact.xml', 'directory'],
  ['001565f4f9e1-phonebook.xml', 'phone-book'],
  ['001565f4f9e1-calllog.xml', 'calls'],
  ['001565f4f9e1-sys.log', 'log'],
  ['001565f4f9e1-boot.log', 'log'],
  ['001565aabbcc_Security.enc', 'absent'],
  ['y000000000058_Security.enc', 'absent'],
  ['W70B-146.85.0.40.rom', 'firmware'],
  ['T46S(T48S,T42S,T41S)-66.86.0.15.rom', 'firmware'],
  ['T46S%28T48S%2CT42S%2CT41S%29-66.86.0.15.rom', 'firmware'],
  ['T54W(T57W,T53W,T53,T53C,T54,T57)-96.86.0.45(20211130).rom', 'firmware'],
  ['003.GUI.French.lang', 'resource'],
  ['004.GUI.French.lang', 'resource'],
  ['ring.wav', 'resource'],
  ['logo.dob', 'resource'],
  ['directory_setting.xml', 'resource'],
  ['super_search.xml', 'resource'],
])('%s is %s', (path, kind) => {
  expect(kindOf(path)).toBe(kind)
})

test.each([
  'index.html',
  '001565f4f9e1.cfg/x',
  '001565f4f9e.cfg',
  '001565f4f9e1x.cfg',
  'y0000000000000.cfg',
  'y000000000000.cfg.bak',
  '.rom',
  '001565f4f9e1-../../x.log',
  '001565f4f9e1.xml',
  '..%2f..%2fetc%2fx.rom',
  'x.rom?y',
])('%s is not asked by a Yealink', (path) => {
  expect(kindOf(path)).toBeUndefined()
})

test('the name and the MAC are read out of the path', () => {
  const match = yealink.requests[1]?.pattern.exec('prov/805E0CF40BB9.cfg')
  expect(match?.groups).toMatchObject({ mac: '805E0CF40BB9', file: '805E0CF40BB9.cfg' })
})
