#!/usr/bin/env node
/** In a checkout the program is installed and built first when that is needed; a package is complete as it is. */
import { existsSync } from 'node:fs'

const checkout = new URL('../scripts/ready.mjs', import.meta.url)
try {
  if (existsSync(checkout)) (await import(checkout.href)).ready()
} catch (error) {
  process.stderr.write(`Not ready: ${error.message}\n`)
  process.exit(1)
}
const { main } = await import('../dist/main.js')

// Who reads only the first lines (`| head`) has all he wants.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await main(process.argv.slice(2))
