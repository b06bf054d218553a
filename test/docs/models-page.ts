import { capacity } from '../../src/domain/key-layout.ts'
import type { Confidence, Model, ModelKind } from '../../src/domain/model.ts'

const kinds: Readonly<Record<ModelKind, string>> = {
  phone: 'phone',
  conference: 'conference phone',
  'dect-base': 'DECT base',
  ata: 'adapter',
}

const known: Readonly<Record<Confidence, string>> = { verified: 'well', likely: 'likely', unsure: 'little' }

const opening = `# Models

Made from the catalogue, as \`bootline models\` is. Add a model in the catalogue, never here.

- **Keys**: what a manager may order, the line's own key taken off; at most 45 of them may be supervision keys. "none" is a phone without programmable keys, or one whose keys are not established.
- **Modules**: how many one phone takes, all of one kind, and how many keys may be ordered with all of them attached.
- **Ports**: handsets of a DECT base, telephone sockets of an adapter.
- **Known**: how sure the line is. *well*: from the maker or seen on the wire; *likely*: one good source; *little*: test it on one device first.
`

/** The page of the documentation that lists the catalogue. */
export function modelsPage(models: readonly Model[]): string {
  const makers = [...new Set(models.map((model) => model.maker))]
  const parts = makers.map((maker) => section(models.filter((model) => model.maker === maker)))
  return [opening, ...parts].join('\n')
}

function section(models: readonly Model[]): string {
  const title = models[0]?.label.split(' ')[0]
  const noted = models.filter((model) => model.note)
  return [
    `## ${title}`,
    '| Model | Kind | Keys | Modules | Ports | Known |',
    '| --- | --- | --- | --- | --- | --- |',
    ...models.map(row),
    '',
    'What is not established:',
    ...noted.map((model) => `- \`${model.id}\`: ${model.note}`),
    '',
  ].join('\n')
}

function row(model: Model): string {
  const cells = [
    `\`${model.id}\``,
    kinds[model.kind],
    model.kind === 'ata' ? '' : capacity(model) || 'none',
    modules(model),
    model.ports > 1 ? model.ports : '',
    known[model.confidence],
  ]
  return `| ${cells.join(' | ')} |`
}

function modules(model: Model): string {
  return Object.entries(model.expansions ?? {})
    .map(([name, { max }]) => `${max} × \`${name}\`: ${capacity(model, new Array(max).fill(name))}`)
    .join('; ')
}
