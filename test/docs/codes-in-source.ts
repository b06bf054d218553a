import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A stable code and a place where it is given. */
export interface FoundCode {
  readonly code: string
  readonly file: string
}

/**
 * Every stable code in the sources. What takes first a `code` and later what would be `right`, or the `remedy`, takes
 * one (`fault`, `StoreError`, a file's own `refuse`), and an object with both `code` and `remedy` holds one.
 */
export function codesInSource(root: string): readonly FoundCode[] {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) =>
      ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
    )
  const exported = new Set(sources.flatMap((source) => takers(source, true)))
  return sources.flatMap((source) => {
    const names = new Set([...exported, ...takers(source, false)])
    return nodesOf(source)
      .flatMap((node) => codeGiven(node, names))
      .flatMap((given) => literals(given, source.fileName))
      .map((code) => ({ code, file: source.fileName }))
  })
}

/** Names of what takes a code first: those exported, or those a file has for itself. */
function takers(source: ts.SourceFile, exported: boolean): readonly string[] {
  return nodesOf(source).flatMap((node) => {
    if (!takesCode(node)) return []
    const owner =
      ts.isVariableDeclaration(node.parent) || ts.isConstructorDeclaration(node) ? node.parent : node
    const name = 'name' in owner ? (owner.name as ts.Node | undefined) : undefined
    const isExported = ts.canHaveModifiers(owner) && ts.getModifiers(owner)?.some(isExport) === true
    return name && ts.isIdentifier(name) && isExported === exported ? [name.text] : []
  })
}

function takesCode(node: ts.Node): node is ts.SignatureDeclaration {
  if (!ts.isFunctionLike(node)) return false
  const [first, ...rest] = node.parameters.map(({ name }) => name.getText())
  return first === 'code' && rest.some((name) => name === 'right' || name === 'remedy')
}

function isExport({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword
}

function codeGiven(node: ts.Node, names: ReadonlySet<string>): readonly ts.Expression[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const first = node.arguments?.[0]
    return first && ts.isIdentifier(node.expression) && names.has(node.expression.text) ? [first] : []
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
