import { Agent, get } from 'node:http'

/** The names under which each maker's devices ask for their own files, the configuration with the secrets first. */
const namesOf = {
  polycom: (mac) => [`${mac}-lines.cfg`, `${mac}.cfg`, `${mac}-settings.cfg`, `${mac}-directory.xml`],
  yealink: (mac) => [`${mac}.cfg`, `${mac}.boot`],
  'audiocodes/440hd': (mac) => [`${mac}.cfg`],
  'audiocodes/mp-112': (mac) => [`${mac.toUpperCase()}.ini`],
}

/** All files of these devices as the server gives them: `{ name, body, agent, main }`. */
export async function allFiles(port, devices) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const wanted = devices.flatMap(({ mac, kind }) => {
    const names = (namesOf[kind.model] ?? namesOf[kind.model.split('/')[0]])(mac)
    return names.map((name, i) => ({ name, agent: kind.agent(mac), main: i === 0 }))
  })
  const files = []
  const worker = async () => {
    for (let file = wanted.pop(); file; file = wanted.pop())
      files.push({ ...file, body: await fetched(port, agent, file) })
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  agent.destroy()
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function fetched(port, agent, { name, agent: userAgent }) {
  return new Promise((resolve, reject) => {
    const request = get({ port, agent, path: `/${name}`, headers: { 'User-Agent': userAgent } }, (answer) => {
      const pieces = []
      answer.on('data', (piece) => pieces.push(piece))
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(Buffer.concat(pieces))
          : reject(new Error(`${name} is answered with ${answer.statusCode}`)),
      )
    })
    request.on('error', reject)
  })
}
