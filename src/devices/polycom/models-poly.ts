import type { Model } from '../../domain/model.ts'
import { type Facts, model } from './models-family.ts'

function trio(name: string, generation: 'trio' | 'pvos', partNumber: string): Model {
  const identity = { id: `polycom/trio-${name.toLowerCase()}`, label: `Polycom Trio ${name}` }
  return model(
    { ...identity, userAgent: `Trio_${name}`, maker: 'polycom', generation },
    {
      kind: 'conference',
      partNumber,
      keys: 0,
      confidence: 'likely',
      note: 'The part number is not confirmed; one source gives two registrations, another one.',
    },
  )
}

function ccx(number: string, partNumber: string): Model {
  return model(
    {
      id: `poly/ccx-${number}`,
      label: `Poly CCX ${number}`,
      userAgent: `CCX_${number}`,
      maker: 'poly',
      generation: 'pvos',
    },
    {
      partNumber,
      keys: 0,
      confidence: 'unsure',
      note: 'Line keys are a list on a touch screen whose length is not established, so none are offered; the part number and the registrations are not confirmed.',
    },
  )
}

function edge(name: string, facts: Facts): Model {
  const identity = { id: `poly/edge-${name.toLowerCase()}`, label: `Poly Edge ${name}` }
  return model({ ...identity, userAgent: `Edge_${name}`, maker: 'poly', generation: 'pvos' }, facts)
}

const unnumbered = 'The part number and the number of registrations are not established.'
const withModule = `${unnumbered} The keys of its EM60 module are not established, so the module is not offered.`

export const trioModels: readonly Model[] = [
  trio('8500', 'trio', '3111-66700-001'),
  trio('8800', 'trio', '3111-65290-001'),
  trio('8300', 'pvos', '3111-66800-001'),
  trio('C60', 'pvos', '3111-86240-001'),
]

export const polyModels: readonly Model[] = [
  edge('E100', {
    keys: 8,
    keysPerPage: 2,
    confidence: 'unsure',
    note: `${unnumbered} The key count is not confirmed.`,
  }),
  edge('E220', { keys: 16, keysPerPage: 4, note: unnumbered }),
  edge('E300', { keys: 32, keysPerPage: 8, confidence: 'likely', note: unnumbered }),
  edge('E320', { keys: 32, keysPerPage: 8, note: unnumbered }),
  edge('E350', { keys: 32, keysPerPage: 8, note: unnumbered }),
  edge('E400', {
    keys: 44,
    keysPerPage: 11,
    confidence: 'unsure',
    note: `${withModule} The key count is the E450's.`,
  }),
  edge('E450', { keys: 44, keysPerPage: 11, note: withModule }),
  edge('E500', {
    keys: 48,
    keysPerPage: 12,
    confidence: 'unsure',
    note: `${withModule} The key count is the E550's.`,
  }),
  edge('E550', { keys: 48, keysPerPage: 12, note: withModule }),
  ccx('400', '3111-49700-001'),
  ccx('500', '3111-49710-001'),
  ccx('600', '3111-49770-001'),
  ccx('700', '3111-49740-001'),
]
