import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/devices/catalogue.ts'
import { checkFleet } from '../../src/domain/fleet-rules.ts'
import type { Company, NumberBlock } from '../../src/domain/intent.ts'
import type { HeldBlock } from '../../src/domain/located-fleet.ts'
import { located, nothingClaimed, sampleCompany } from './sample.ts'

const block = (from: number, to: number): NumberBlock => ({
  from: `+334830502${String(from).padStart(2, '0')}`,
  to: `+334830502${String(to).padStart(2, '0')}`,
})
const owning = (name: string, ...numberBlocks: NumberBlock[]): Company => ({
  ...sampleCompany([]),
  name,
  sites: [],
  numberBlocks,
})
const faults = (companies: readonly Company[], blocks: readonly HeldBlock[] = []) =>
  checkFleet(
    companies.map((company, i) => ({ ...located(company), path: `companies[${i}]` })),
    catalogue,
    { ...nothingClaimed, blocks },
  ).map(({ code, path, wrong }) => `${code} ${path}: ${wrong}`)

describe('a number is in one block', () => {
  it('of its company', () => {
    expect(faults([owning('A', block(0, 49), block(50, 99))])).toEqual([])
    expect(faults([owning('A', block(0, 50), block(50, 99))])).toEqual([
      'block-overlap companies[0].numberBlocks[1]: it shares numbers with +33483050200 to +33483050250',
    ])
  })

  it('of all companies of a change', () => {
    expect(faults([owning('A', block(0, 49)), owning('B', block(50, 99))])).toEqual([])
    expect(faults([owning('A', block(0, 49)), owning('B', block(60, 69), block(40, 59))])).toEqual([
      'block-overlap companies[1].numberBlocks[1]: it shares numbers with a block of A',
    ])
  })

  it('of those outside it, without telling which numbers they have', () => {
    const elsewhere = [{ ...block(10, 19), company: 'another company' }]
    expect(faults([owning('A', block(0, 9))], elsewhere)).toEqual([])
    expect(faults([owning('A', block(0, 10))], elsewhere)).toEqual([
      'block-overlap companies[0].numberBlocks[0]: it shares numbers with a block of another company',
    ])
  })
})
