import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { modelsPage } from './models-page.ts'

test('the page of models is the catalogue', () => {
  const page = modelsPage(catalogue.models)
  if (process.env.BOOTLINE_GOLDEN === 'write') writeFileSync('docs/models.md', page)
  expect(readFileSync('docs/models.md', 'utf8')).toBe(page)
})
