import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A stable code and a place where it is given. */
export interface FoundCode {
  readonly code: string
  readonly file: string
}

/**
 * Every stable code in the sources. What takes a `code`, first or after a `status`, and later what would be `right`, or
 * the `remedy`, takes one (`fault`, `StoreError`, `ApiFailure`, a file's own `refuse`), and an object with both `code`
 * and `remedy` holds one.
 */
export function codesInSource(root: string): readonly FoundCode[] {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) =>
      ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
    )
  const exported = sources.flatMap((source) => takers(source, true))
  return sources.flatMap((source) => {
    const names = new Map([...exported, ...takers(source, false)])
    return nodesOf(source)
      .flatMap((node) => codeGiven(node, names))
      .flatMap((given) => literals(given, source.fileName))
      .map((code) => ({ code, file: source.fileName }))
  })
}

/** Names of what takes a code, and at which place: those exported, or those a file has for itself. */
function takers(source: ts.SourceFile, exported: boolean): readonly (readonly [string, number])[] {
  return nodesOf(source).flatMap((node) => {
    const place = placeOfCode(node)
    if (place === undefined || !ts.isFunctionLike(node)) return []
    const owner =
      ts.isVariableDeclaration(node.parent) || ts.isConstructorDeclaration(node) ? node.parent : node
    const name = 'name' in owner ? (owner.name as ts.Node | undefined) : undefined
    const isExported = ts.canHaveModifiers(owner) && ts.getModifiers(owner)?.some(isExport) === true
    return name && ts.isIdentifier(name) && isExported === exported ? [[name.text, place] as const] : []
  })
}

function placeOfCode(node: ts.Node): number | undefined {
  if (!ts.isFunctionLike(node)) return undefined
  const names = node.parameters.map(({ name }) => name.getText())
  const place = names[0] === 'status' ? 1 : 0
  const isTaker = names[place] === 'code' && names.some((name) => name === 'right' || name === 'remedy')
  return isTaker ? place : undefined
}

function isExport({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword
}

function codeGiven(node: ts.Node, names: ReadonlyMap<string, number>): readonly ts.Expression[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const place = ts.isIdentifier(node.expression) ? names.get(node.expression.text) : undefined
    const given = place === undefined ? undefined : node.arguments?.[place]
    return given ? [given] : []
  }
  if (!ts.isObjectLiteralExpression(node)) return []
  const field = (name: string) =>
    node.properties.find((property) => ts.isPropertyAssignment(property) && property.name.getText() === name)
  const code = field('code')
  return code && field('remedy') && ts.isPropertyAssignment(code) ? [code.initializer] : []
}

/** A code is written out where it is given, or handed on under its own name; anything else could not be documented. */
function literals(given: ts.Expression, file: string): readonly string[] {
  if (ts.isStringLiteralLike(given)) return [given.text]
  if (ts.isConditionalExpression(given))
    return [...literals(given.whenTrue, file), ...literals(given.whenFalse, file)]
  if (/(^|\.)code$/.test(given.getText())) return []
  throw new Error(`${file}: ${given.getText()} is no code written out`)
}

function nodesOf(source: ts.SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return nodes
}
