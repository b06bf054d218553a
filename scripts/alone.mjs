import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Does the work while no other process does it on the same checkout. The lock file appears with its content in one
 * step (a hard link), names its owner, and counts for nothing once that process is gone.
 */
export function alone(lock, say, work) {
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, identity(process.pid))
  try {
    for (let told = false; !take(mine, lock); wait()) {
      if (!told) say(`Waiting for another start of Bootline here (${lock}) …`)
      told = true
    }
    try {
      work()
    } finally {
      rmSync(lock, { force: true })
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

function take(mine, lock) {
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    removeAbandoned(mine, lock)
    return false
  }
}

/** Of several that find an abandoned lock, one moves it away; who moved a living one by accident puts it back. */
function removeAbandoned(mine, lock) {
  const owner = read(lock)
  if (owner === undefined || isAlive(owner)) return
  const aside = `${mine}.aside`
  try {
    renameSync(lock, aside)
    if (read(aside) !== owner) linkSync(aside, lock)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
  rmSync(aside, { force: true })
}

function isAlive(owner) {
  const pid = Number.parseInt(owner, 10)
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code === 'ESRCH') return false
  }
  return identity(pid) === owner
}

/** A process number is given out again after a while; with the start time beside it (Linux) it is unmistakable. */
function identity(pid) {
  const stat = read(`/proc/${pid}/stat`)
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return `${pid} ${started}`
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function wait() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
}
