import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { start } from './processes.mjs'
import { find } from './programs.mjs'

/** A network of this machine's own, with nothing in it but loopback; it takes root. What is started `within` is in it. */
export async function ownNetwork(print) {
  const needed = ['unshare', 'nsenter', 'ip']
  if (process.getuid?.() !== 0 || needed.some((name) => find(name) === undefined)) {
    print(`a network of its own takes root and ${needed.join(', ')}: what needs port 69 is left out`)
    return undefined
  }
  const holder = start(undefined, find('unshare'), ['-n', 'sleep', 'infinity'])
  const within = ['nsenter', '-t', String(holder.pid), '-n']
  for (let attempt = 0; attempt < 40; attempt++) {
    await sleep(50)
    const up = spawnSync(within[0], [...within.slice(1), 'ip', 'link', 'set', 'lo', 'up'])
    const links = spawnSync(within[0], [...within.slice(1), 'ip', '-o', 'link'], { encoding: 'utf8' }).stdout
    // Until the holder is in its network, this one would be meant, which has more than one link.
    if (up.status !== 0 || links.trim().split('\n').length !== 1) continue
    // Some programs take a machine for one without IPv4 as long as it has no address but those of loopback.
    spawnSync(within[0], [...within.slice(1), 'ip', 'address', 'add', '192.0.2.1/32', 'dev', 'lo'])
    return { within, close: holder.stop }
  }
  await holder.stop()
  print('a network of its own could not be made: what needs port 69 is left out')
  return undefined
}
