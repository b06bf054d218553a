import {
  agents,
  audiocodes,
  get,
  over,
  polycom,
  put,
  type Row,
  rrq,
  secure,
  wrq,
  yealink,
} from './request-rows.ts'

/** What must be refused, whoever asks: it is always asked from the very address that the windows admit. */
export const refused: readonly Row[] = [
  // One phone's user agent for another's file, of the same maker and of another.
  get('/0015659370f2.cfg', 401, agents.t46g, { mac: '0015659370f2' }),
  get('/64167fb269d6.cfg', 401, agents.spip550, { mac: '64167fb269d6' }),
  get('/00908f9d8992.cfg', 401, agents.audc440, { mac: '00908f9d8992' }),
  get('/64167fb269d6-lines.cfg', 401, agents.t46g, { mac: '64167fb269d6' }),
  put('/0015659370f2-sys.log', 401, agents.t46g, { mac: '0015659370f2' }),
  // Another maker's user agent, without an address, for a linked one.
  get('/64167fb269d6.cfg', 401, agents.audc450, { mac: '64167fb269d6' }),
  get('/0015659370f2.cfg', 401, agents.vvx450, { mac: '0015659370f2' }),
  get('/00908f602aac.cfg', 401, agents.vvx450, { mac: '00908f602aac' }),
  // Climbing, and what no name can be.
  get('/../64167fb269d6.cfg', 404, agents.vvx450),
  get('/firmware/../../bootline.db', 404, undefined),
  get('/%2e%2e/%2e%2e/etc/passwd', 404, undefined),
  get('/..%5c..%5cbootline.key', 404, undefined),
  get('/..%2fbootline.db', 404, undefined),
  get('/%252e%252e/bootline.db', 404, undefined),
  get('//etc/passwd', 404, undefined),
  get('/etc/shadow', 404, undefined),
  get('/440HD%00.img', 404, agents.audc440),
  get('/64167fb269d6.cfg%00.jpg', 404, agents.vvx450),
  get(`/${'a'.repeat(300)}.cfg`, 404, undefined),
  get(`/${'a/'.repeat(100)}64167fb269d6.cfg${'b'.repeat(100)}`, 404, undefined),
  get('/%zz', 404, undefined),
  get('/index.html', 404, undefined),
  get('/robots.txt', 404, undefined),
  get('/64167fb269d6', 404, agents.vvx450),
  get('/64167fb269d60.cfg', 404, agents.vvx450),
  get('/ffffffffffff.cfg', 404, undefined),
  put('/index.html', 404, undefined),
  put('/3111-44500-001.sip.ld', 404, agents.vvx450),
  over('http', 'DELETE')('/64167fb269d6.cfg', 405, agents.vvx450),
  over('http', 'OPTIONS')('/64167fb269d6.cfg', 405, agents.vvx450),
  rrq('../bootline.db', 404, undefined),
  rrq('..\\..\\bootline.key', 404, undefined),
  rrq('/etc/passwd', 404, undefined),
  rrq('firmware/../../bootline.db', 404, undefined),
  rrq('a'.repeat(300), 404, undefined),
  wrq('64167fb269d6.cfg', 404, undefined),
  wrq('3111-44500-001.sip.ld', 404, undefined),
]

/** Unknown devices of every maker: whatever they ask for, they learn nothing, and each is noticed. */
export const strangers: readonly Row[] = [
  get('/64167f123456.cfg', 401, agents.vvx450, polycom('64167f123456', 'polycom/vvx-450', '5.9.1.0615')),
  get(
    '/001565aabbcc.boot',
    401,
    'Yealink SIP-T54W 96.86.0.45 00:15:65:aa:bb:cc',
    yealink('001565aabbcc', 't54w', '96.86.0.45'),
  ),
  get('/00908F123456.ini', 401, undefined, audiocodes('00908f123456', undefined)),
  put(
    '/64167f123457-app.log',
    401,
    agents.vvx450,
    polycom('64167f123457', 'polycom/vvx-450', '5.9.1.0615', 'log'),
  ),
  put(
    '/001565aabbcd-local.cfg',
    401,
    'Yealink SIP-T46G 28.83.0.120 00:15:65:aa:bb:cd',
    yealink('001565aabbcd', 't46g', '28.83.0.120', 'overrides'),
  ),
  secure(
    '/64167f123458-phone.cfg',
    401,
    agents.vvx450,
    polycom('64167f123458', 'polycom/vvx-450', '5.9.1.0615', 'overrides'),
  ),
  rrq('64167f123459.cfg', 404, undefined, { mac: '64167f123459', driver: 'polycom', kind: 'device' }),
  wrq('64167f12345a-app.log', 404, undefined, { mac: '64167f12345a', driver: 'polycom', kind: 'log' }),
]
