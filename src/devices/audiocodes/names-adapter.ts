import type { Source } from './names-source.ts'

/**
 * What the MP-20x telephone adapters may be told beyond the desk phones' names of lines and SIP, which grew from the
 * same tree and are not confirmed on an adapter.
 */
export const adapterNames: readonly Source[] = [
  ['MP-264 command line, same code', 'voip/num_of_fxs_lines voip/num_of_fxo_lines manufacturer/model_number'],
]
