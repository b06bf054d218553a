import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/** Servers live where only administrators look. */
const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin']

export function find(name) {
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

/** True when all are there; otherwise says which comparison is left out, and how to get it. */
export function have(names, what, print) {
  const missing = names.filter((name) => find(name) === undefined)
  if (missing.length === 0) return true
  print(`${what} is left out: ${missing.join(', ')} not installed (scripts/test-packages.sh bench)`)
  return false
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
