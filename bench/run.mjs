// npm run bench [NAME …]: each bench is a file here that prints what it measured; absolute figures depend on the machine,
// so where there is a program to compare with, both run in turn and the ratio is what counts.
import { readdir } from 'node:fs/promises'

const all = (await readdir(new URL('.', import.meta.url)))
  .filter((name) => name.endsWith('.bench.mjs'))
  .map((name) => name.replace('.bench.mjs', ''))
  .sort()
const asked = process.argv.slice(2)
const unknown = asked.find((name) => !all.includes(name))
if (unknown !== undefined) {
  process.stderr.write(`there is no bench "${unknown}"; there are ${all.join(', ')}\n`)
  process.exit(1)
}
for (const name of asked.length > 0 ? asked : all) {
  process.stdout.write(`\n== ${name}\n`)
  const { run } = await import(new URL(`${name}.bench.mjs`, import.meta.url).href)
  await run((line) => process.stdout.write(`${line}\n`))
}
