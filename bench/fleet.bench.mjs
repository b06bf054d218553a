// Apply and plan of a fleet file: the time must grow with the lines, not with their square.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fleetFile } from './fleet-file.mjs'

const program = fileURLToPath(new URL('../bin/bootline.mjs', import.meta.url))

export function run(print) {
  const folder = mkdtempSync(join(tmpdir(), 'bootline-bench-'))
  try {
    const sizes = [1000, 10_000]
    const times = sizes.map((lines) => {
      const file = join(folder, `${lines}.yaml`)
      writeFileSync(file, fleetFile(lines))
      const data = join(folder, `data-${lines}`)
      const start = bootline(data, ['settings'])
      const apply = bootline(data, ['apply', file, '--yes'])
      const again = bootline(data, ['plan', file])
      print(
        `${lines} lines with equipment and 10 keys: apply ${seconds(apply.seconds)} s, plan of the same file ${seconds(again.seconds)} s, largest memory ${Math.round(Math.max(apply.megabytes, again.megabytes))} MB (the program alone: ${seconds(start.seconds)} s)`,
      )
      return { apply: apply.seconds, plan: again.seconds }
    })
    const [small, large] = times
    print(
      `ten times the lines: apply ${(large.apply / small.apply).toFixed(1)} times the time, plan ${(large.plan / small.plan).toFixed(1)} times`,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function bootline(data, args) {
  const script = `
    import { main } from ${JSON.stringify(new URL('../dist/main.js', import.meta.url).href)}
    const begin = performance.now()
    process.exitCode = await main(${JSON.stringify(args)})
    process.stderr.write('\\n' + JSON.stringify({ seconds: (performance.now() - begin) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }))`
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, BOOTLINE_DATA: data },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (child.status !== 0) throw new Error(`bootline ${args.join(' ')} (${program}): ${child.stderr}`)
  return JSON.parse(child.stderr.slice(child.stderr.lastIndexOf('\n') + 1))
}

function seconds(value) {
  return value.toFixed(2)
}
