// Wakes devices through a SIP server on 127.0.0.1 as fast as it answers, so many at once, for so long; arguments: the
// server's port, how many at once, seconds. Prints how many heard it, and how many did not.
import { built } from './built.mjs'

const [port, atOnce, seconds] = process.argv.slice(2).map(Number)
const { createSipSender } = await built('reboot/sip/sender.js')
const sender = createSipSender({ listen: { host: '127.0.0.1', port: 0 } })
const results = {}
let count = 0
/** By then everything is compiled, however little of the core there was for it. */
const warm = 50_000
let end = 0

function wake(i) {
  const user = `3348305${String(i % 10_000).padStart(4, '0')}`
  return sender.wake({
    mac: '001565000000',
    model: { id: 'yealink/t54w' },
    form: 'reboot',
    event: 'check-sync;reboot=true',
    users: [user],
    sip: { domain: 'sip.example.net', proxy: '127.0.0.1', port, transport: 'udp' },
    credentials: { user, password: 'not asked for here' },
    reboot: { by: 'sip' },
  })
}

async function one() {
  while (performance.now() < end || count < warm) {
    const { result } = await wake(count++)
    results[result] = (results[result] ?? 0) + 1
  }
}

async function round(milliseconds) {
  const begin = performance.now()
  end = begin + milliseconds
  await Promise.all(Array.from({ length: atOnce }, one))
  return (performance.now() - begin) / 1000
}

await round(1000)
for (const result of Object.keys(results)) delete results[result]
const cpu = process.cpuUsage()
const taken = await round(seconds * 1000)
const { user, system } = process.cpuUsage(cpu)
const { heard = 0, ...others } = results
const unheard = Object.values(others).reduce((sum, one) => sum + one, 0)
process.stdout.write(JSON.stringify({ heard, others: unheard, seconds: taken, cpu: (user + system) / 1e6 }))
await sender.close()
