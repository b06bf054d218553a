// The portal with 10,000 devices: how long the server works on each page, and how many bytes a browser gets of it.
import { execFileSync } from 'node:child_process'
import { serveFleet } from './lib/bootline.mjs'
import { mixedDevices, mixedFleet } from './lib/fleet.mjs'
import { freePorts } from './lib/processes.mjs'

const main = new URL('../dist/main.js', import.meta.url).href
const most = 100 * 1024
const times = 40

export async function run(print) {
  const devices = mixedDevices(10_000)
  const fleet = mixedFleet(devices)
  const [admin] = await freePorts(1)
  const ours = await serveFleet(fleet, {
    settings: { BOOTLINE_ADMIN: `127.0.0.1:${admin}`, BOOTLINE_SIP: 'off' },
  })
  try {
    const base = `http://127.0.0.1:${admin}`
    const cookie = await signIn(base, linkFor(ours.folder, base))
    const [company] = fleet.companies
    const phone = company.lines.find(({ keys }) => keys)
    const [name, site, line] = [company.name, phone.site, phone.number].map(encodeURIComponent)
    const mac = devices[0].mac
    const pages = [
      '/',
      `/?company=${name}`,
      '/lines',
      '/lines?search=martin',
      '/lines?equipment=to-complete',
      `/lines/${line}`,
      `/lines/${line}/keys`,
      '/sites',
      `/companies/${name}/sites/${site}`,
      `/pickup?company=${name}`,
      '/install',
      '/devices',
      '/devices?standing=never-seen',
      `/devices/${mac}`,
      '/people',
      '/audit',
      '/companies',
    ]
    print(
      `${devices.length} devices, one after another, ${times} times each; at most ${most / 1024} KB compressed`,
    )
    for (const path of pages) {
      const get = () =>
        fetch(base + path, { headers: { cookie, accept: 'text/html', 'accept-encoding': 'gzip' } })
      const { status } = await get()
      if (status !== 200) throw new Error(`${path} answers ${status}`)
      const begun = ours.cpu()
      const took = []
      let bytes = 0
      for (let time = 0; time < times; time++) {
        const start = performance.now()
        const answer = await get()
        await answer.arrayBuffer()
        took.push(performance.now() - start)
        bytes = Number(answer.headers.get('content-length') ?? 0)
      }
      took.sort((a, b) => a - b)
      const cpu = (ours.cpu() - begun) / 1000 / times
      const told = [
        `p50 ${took[times >> 1].toFixed(1)} ms`,
        `worst ${took.at(-1).toFixed(1)} ms`,
        `${cpu.toFixed(1)} ms of CPU`,
        `${(bytes / 1024).toFixed(1)} KB${bytes > most ? ' NOT met' : ''}`,
      ]
      print(`  ${path.padEnd(36)} ${told.join(', ')}`)
    }
  } finally {
    await ours.stop()
  }
}

/** A link that lets an operator in, made as the administrator would make it. */
function linkFor(folder, base) {
  const script = `
    import { main } from ${JSON.stringify(main)}
    process.exitCode = await main(['users', 'invite', 'bench@example.net', '--name', 'Bench', '--role', 'operator', '--json'])`
  const env = { ...process.env, BOOTLINE_DATA: `${folder}/data`, BOOTLINE_ADMIN_URL: base }
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }),
  ).link
}

async function signIn(base, link) {
  const answer = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: base },
    body: new URLSearchParams({ password: 'only for the bench 4711' }),
  })
  if (answer.status !== 303) throw new Error(`the invitation is answered with ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
