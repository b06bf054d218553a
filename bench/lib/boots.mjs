const log = Buffer.from(
  '0101000000|sys  |4|00|a line of a log as phones send them at boot\n'.repeat(28).slice(0, 2048),
)

const there = [200]
const absent = [404]
/** Ours says 200; nginx says 201 for a new file and 204 for one that was there. */
const stored = [200, 201, 204]

const get = (path, expected) => ({ method: 'GET', path: `/${path}`, expected })
const put = (path) => ({ method: 'PUT', path: `/${path}`, expected: stored, body: log.latin1Slice() })

/** What devices of each kind ask at boot, in their order, with what they find on a server that has no images. */
const sequences = {
  'polycom/vvx-450': (mac) => [
    put(`${mac}-boot.log`),
    get(`${mac}.cfg`, there),
    get('sip.ld', absent),
    get(`${mac}-lines.cfg`, there),
    get(`${mac}-settings.cfg`, there),
    get(`${mac}-phone.cfg`, absent),
    get(`${mac}-web.cfg`, absent),
    get('000000000000-license.cfg', absent),
    get(`${mac}-license.cfg`, absent),
    get(`${mac}-calls.xml`, absent),
    get(`${mac}-directory.xml`, there),
    get('000000000000-directory.xml', absent),
    put(`${mac}-app.log`),
  ],
  'yealink/t54w': (mac) => [get(`${mac}.boot`, there), get(`${mac}.cfg`, there)],
  'yealink/t46s': (mac) => [get(`${mac}.boot`, there), get(`${mac}.cfg`, there)],
  'yealink/w70b': (mac) => [get(`${mac}.boot`, there), get(`${mac}.cfg`, there)],
  'audiocodes/440hd': (mac) => [get('440HD.img', absent), get(`${mac}.cfg`, there)],
  'audiocodes/mp-112': (mac) => [get(`${mac.toUpperCase()}.ini`, there)],
}

/** A device that boots, from an address of its own: a server bounds what one address may have. */
export function booting({ mac, kind }, i) {
  const host = i + 1
  return {
    agent: kind.agent(mac),
    address: `127.2.${host >> 8}.${host & 255}`,
    requests: sequences[kind.model](mac),
  }
}
