export type Scopes = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Parameters as a form sends them: `scope.0` names a maker or model, `name.0.3` and `value.0.3` one of its parameters.
 * One whose name was emptied goes, and a scope without any with it.
 */
export function givenParameters(fields: Readonly<Record<string, string>>): Scopes | undefined {
  const scopes = new Map<string, Record<string, string>>()
  for (const [field, name] of Object.entries(fields)) {
    const [, s, n] = /^name\.(\d+)\.(\d+)$/.exec(field) ?? []
    const scope = s === undefined ? undefined : fields[`scope.${s}`]
    if (scope === undefined) continue
    scopes.set(scope, { ...scopes.get(scope), [name]: fields[`value.${s}.${n}`] ?? '' })
  }
  return scopes.size > 0 ? Object.fromEntries(scopes) : undefined
}
