/** Circles in a graph given as file → files it imports; each circle once, written as a walk that ends where it began. */
export function findCycles(imports) {
  const cycles = []
  const done = new Set()
  const walk = []
  const visit = (file) => {
    const at = walk.indexOf(file)
    if (at >= 0) cycles.push([...walk.slice(at), file])
    if (at >= 0 || done.has(file)) return
    walk.push(file)
    for (const target of imports.get(file) ?? []) visit(target)
    walk.pop()
    done.add(file)
  }
  for (const file of imports.keys()) visit(file)
  return cycles
}
