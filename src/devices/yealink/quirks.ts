/** Key places of a module that turn its page, by module: never ours to fill, and not counted among its keys. */
export const pageSwitches: Readonly<Record<string, readonly number[]>> = { exp20: [1, 21] }

/** Bases that serve fewer handsets until they are told how many, by model. */
export const activeHandsets: Readonly<Record<string, number>> = { 'yealink/w60b': 8 }
