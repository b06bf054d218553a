/** Names from one source, separated by white space. */
export type Source = readonly [source: string, names: string]
