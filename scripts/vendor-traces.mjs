import ts from 'typescript'

const comparing = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
])

/**
 * Places where a file outside a vendor's folder decides by vendor: a text or a property that is a vendor's name or
 * begins like a model's id (`yealink/…`), a pattern that holds one, a maker compared with a fixed text. A sentence
 * that mentions a vendor is no decision. `vendors` are folders, `words` the names of vendors and makers.
 */
export function vendorTraces(source, file, vendors, words) {
  if (file === 'domain/model.ts' || file === 'devices/vendors.ts') return []
  if (vendors.some((vendor) => file.startsWith(`devices/${vendor}/`))) return []
  const names = words.join('|')
  const exact = new RegExp(`^(${names})(/\\S*)?$`, 'i')
  const within = new RegExp(`(${names})`, 'i')
  const traces = []
  const visit = (node) => {
    const text = textOf(node)
    const named = ts.isRegularExpressionLiteral(node)
      ? within.test(node.text)
      : text !== undefined && exact.test(text)
    if (named) traces.push(at(node, `${node.getText()} names a vendor`))
    else if (!file.startsWith('devices/') && decidesByMaker(node)) {
      traces.push(at(node, `${node.getText().split('\n')[0]} decides by maker`))
    }
    ts.forEachChild(node, visit)
  }
  const at = (node, what) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    return `${file}:${line + 1}: ${what}; what differs between vendors belongs in devices/`
  }
  visit(source)
  return traces
}

function textOf(node) {
  if (ts.isStringLiteralLike(node)) return isImported(node) ? undefined : node.text
  const isName =
    ts.isIdentifier(node) &&
    (ts.isPropertyAssignment(node.parent) || ts.isPropertyAccessExpression(node.parent))
  return isName && node.parent.name === node ? node.text : undefined
}

/** Imports have a rule of their own. */
function isImported(node) {
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)
}

function decidesByMaker(node) {
  if (ts.isSwitchStatement(node)) return isMaker(node.expression)
  if (!ts.isBinaryExpression(node) || !comparing.has(node.operatorToken.kind)) return false
  const [left, right] = [node.left, node.right]
  return (isMaker(left) && ts.isStringLiteralLike(right)) || (isMaker(right) && ts.isStringLiteralLike(left))
}

function isMaker(node) {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node
  return ts.isIdentifier(name) && /^(maker|vendor)(Name)?$/i.test(name.text)
}
