import type { CompanySettings, Parameters } from './intent.ts'
import type { ModelLookup } from './model.ts'
import { nearest } from './nearest.ts'
import { caution, fault, type Path, type Problem } from './problem.ts'
import { checkPlain } from './text-rules.ts'

const maxValue = 4096

/** A company's extra parameters are kept by maker or by model; a scope that names neither would silently do nothing. */
export function checkScopes(
  scopes: NonNullable<CompanySettings['parameters']>,
  models: ModelLookup,
  path: Path,
): readonly Problem[] {
  return Object.entries(scopes).flatMap(([scope, parameters]) => {
    const at = `${path}["${scope}"]`
    if (models.isMaker(scope) || models.find(scope)) return checkParameters(scope, parameters, models, at)
    const right = suggestion(
      models.similar(scope),
      'write a maker such as yealink, or a model such as yealink/t54w',
    )
    return [fault('scope-unknown', at, `"${scope}" is neither a maker nor a model`, right)]
  })
}

/** Names are the vendor's own: one that its devices are not known to have is told, and sent all the same. */
export function checkParameters(
  scope: string,
  parameters: Parameters,
  models: ModelLookup,
  path: Path,
): readonly Problem[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const at = `${path}["${name}"]`
    return [...checkParameterName(scope, name, models, at), ...checkValue(value, at)]
  })
}

function checkParameterName(
  scope: string,
  name: string,
  models: ModelLookup,
  path: Path,
): readonly Problem[] {
  if (!/^[A-Za-z][\w.\-/[\]:]{0,199}$/.test(name)) {
    return [
      fault(
        'parameter-name',
        path,
        "the name cannot stand in a device's file",
        'write it as the vendor documents it',
      ),
    ]
  }
  const known = models.parametersOf(scope)
  if (!known || known.has(name)) return []
  const guess = nearest(name, known.names)
  const right = guess
    ? `did you mean ${guess}? It is sent as written`
    : 'check it in the vendor’s documentation; it is sent as written'
  return [caution('parameter-unknown', path, `${name} is not a parameter known of ${scope}`, right)]
}

function checkValue(value: string, path: Path): readonly Problem[] {
  const long = fault('too-long', path, `the value has over ${maxValue} characters`, 'shorten it')
  return [...checkPlain(value, path), ...(value.length > maxValue ? [long] : [])]
}

export function suggestion(similar: readonly string[], otherwise: string): string {
  return similar.length > 0 ? `did you mean ${similar.slice(0, 3).join(', ')}?` : otherwise
}
