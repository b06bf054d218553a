import { expect, test } from 'vitest'
import { shownAgo, shownDate, shownNumber } from '../../src/admin/portal/formats.ts'
import { zoneOf } from '../../src/admin/portal/zone.ts'

test('dates are written in the reader’s language and zone', () => {
  const at = '2026-11-21T20:30:00.000Z'
  expect(shownDate('fr', at, 'Europe/Paris')).toBe('21 novembre 2026 à 21:30')
  expect(shownDate('fr', at, 'Indian/Reunion')).toBe('22 novembre 2026 à 00:30')
  expect(shownDate('en', at, 'Europe/Paris')).toBe('21 November 2026 at 21:30')
  expect(shownAgo('fr', at, Date.parse(at) + 7_200_000)).toBe('il y a 2 heures')
})

test('a zone is what a browser may say, and nothing else', () => {
  const paris = { cookie: 'bootline-zone=Europe%2FParis' }
  expect([zoneOf(paris), zoneOf(paris)]).toEqual(['Europe/Paris', 'Europe/Paris'])
  expect(zoneOf({ cookie: 'bootline-zone=Europe%2FAtlantis' })).toBeUndefined()
  expect(zoneOf({ cookie: 'bootline-zone=<script>' })).toBeUndefined()
  expect(zoneOf({})).toBeUndefined()
})

test('numbers are written as the reader dials them', () => {
  expect(shownNumber('fr', '+33483050173')).toBe('04 83 05 01 73')
  expect(shownNumber('en', '+33483050173')).toBe('+33 4 83 05 01 73')
  expect(shownNumber('fr', '+442079460018')).toBe('+44 20 7946 0018')
  expect(shownNumber('fr', '*98')).toBe('*98')
})
