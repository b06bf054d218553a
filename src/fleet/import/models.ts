import type { ModelLookup } from '../../domain/model.ts'

/** The same models; a writing that resembles one is compared with all of them once, however many rows have it. */
export function rememberedModels(models: ModelLookup): ModelLookup {
  const known = new Map<string, readonly string[]>()
  return {
    ...models,
    similar(id) {
      const found = known.get(id) ?? models.similar(id)
      known.set(id, found)
      return found
    },
  }
}
