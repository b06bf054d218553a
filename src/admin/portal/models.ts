import type { ShownModel } from '../routes/models.ts'
import type { Listed } from './listed.ts'
import type { Choice } from './names.ts'
import type { Visit } from './page.ts'

/** The models that can be given to a line: all of them, or those of a maker or with a text in their name. */
export async function modelsKnown(
  { ask }: Pick<Visit, 'ask'>,
  query: { readonly maker?: string; readonly search?: string } = {},
): Promise<readonly ShownModel[]> {
  const { body } = await ask<Listed<ShownModel>>('listModels', { query })
  return body.items
}

export async function modelNamed(visit: Pick<Visit, 'ask'>, id: string): Promise<ShownModel | undefined> {
  const [maker = '', search = ''] = id.split('/')
  return (await modelsKnown(visit, { maker, search })).find((each) => each.id === id)
}

export function modelChoices(models: readonly ShownModel[]): readonly Choice[] {
  return models.map(({ id, label }) => ({ value: id, label }))
}

/** The lines that a model can be given to, by the number of its port. */
export function portsOf({ ports }: ShownModel): readonly number[] {
  return Array.from({ length: ports }, (_, i) => i + 1)
}

/** Models by their maker, as people call it: by what is written on them. */
export function byMaker(
  models: readonly ShownModel[],
): readonly { readonly maker: string; readonly models: readonly ShownModel[] }[] {
  const makers = [...new Set(models.map(makerOf))].sort()
  return makers.map((maker) => ({ maker, models: models.filter((model) => makerOf(model) === maker) }))
}

/** What makers are called: one may sell under several names. */
export function makerNames(models: readonly ShownModel[], makers: readonly string[]): readonly string[] {
  return [...new Set(models.filter(({ maker }) => makers.includes(maker)).map(makerOf))]
}

function makerOf({ label }: ShownModel): string {
  return label.split(' ')[0] ?? ''
}
