import { join } from 'node:path'
import {
  type Address,
  feedDatabase,
  folder,
  issuerUrl,
  key,
  listener,
  networks,
  oneOf,
  plainText,
  publicUrl,
  type Reading,
  secretText,
  serverUrl,
  tlsPolicies,
  webUrl,
  wholeNumber,
} from './parse.ts'

/** One setting: its variable, what it is for, and how its text becomes a value. */
export interface Row<T> {
  readonly name: string
  readonly about: string
  /** What is read when the environment has nothing; undefined: the setting stays unset. */
  readonly usual: (dataFolder: string) => string | undefined
  readonly parse: (text: string) => Reading<T>
  /** Never shown, not even in an error. */
  readonly secret: boolean
}

type Parse<T> = (text: string) => Reading<T>

function row<T>(name: string, usual: string, parse: Parse<T>, about: string): Row<T> {
  return { name, usual: () => usual, parse, about, secret: false }
}

function optional<T>(name: string, parse: Parse<T>, about: string): Row<T | undefined> {
  return { name, usual: () => undefined, parse, about, secret: false }
}

function listening(name: string, host: string, port: number, about: string): Row<Address | 'off'> {
  return row(name, `${host}:${port}`, listener(host), about)
}

const everywhere = '0.0.0.0'
const here = '127.0.0.1'

/** Every setting there is. Nothing else in Bootline reads the environment. */
export const table = {
  data: row('BOOTLINE_DATA', './data', folder, 'folder of the database, its backups and the uploads'),
  databaseUrl: {
    ...optional(
      'BOOTLINE_DATABASE_URL',
      serverUrl,
      'postgresql:// address of a database that several servers share; unset: a file in the data folder',
    ),
    secret: true,
  },
  http: listening('BOOTLINE_HTTP', everywhere, 8080, 'where devices come over HTTP'),
  https: listening('BOOTLINE_HTTPS', everywhere, 8443, 'where devices come over HTTPS'),
  mtls: listening('BOOTLINE_MTLS', everywhere, 8444, 'where devices come over HTTPS and show a certificate'),
  tftp: listening('BOOTLINE_TFTP', everywhere, 6969, 'where devices come over TFTP'),
  workers: row(
    'BOOTLINE_WORKERS',
    '1',
    wholeNumber(1, 64),
    'processes that answer devices over HTTP and HTTPS; 1: the server itself does',
  ),
  admin: listening('BOOTLINE_ADMIN', here, 3000, 'where people and programs come: portal and API'),
  adminUrl: optional('BOOTLINE_ADMIN_URL', publicUrl, 'how people reach the admin plane, for links'),
  adminCert: optional(
    'BOOTLINE_ADMIN_CERT',
    folder,
    'file of the certificate with which that listener speaks HTTPS',
  ),
  adminKey: optional('BOOTLINE_ADMIN_KEY', folder, 'file of the key to that certificate'),
  oidcIssuer: optional(
    'BOOTLINE_OIDC_ISSUER',
    issuerUrl,
    'OpenID Connect provider through which people may sign in',
  ),
  oidcClientId: optional('BOOTLINE_OIDC_CLIENT_ID', plainText, 'what Bootline is called at that provider'),
  oidcClientSecret: {
    ...optional('BOOTLINE_OIDC_CLIENT_SECRET', plainText, 'what Bootline shows to that provider'),
    secret: true,
  },
  pnp: row(
    'BOOTLINE_PNP',
    'off',
    listener(everywhere),
    'where phones are heard that ask their network for a server (SIP plug and play), usually 5060',
  ),
  sip: listening('BOOTLINE_SIP', everywhere, 5066, 'from where devices are told over SIP to take new files'),
  rebootsPerMinute: row(
    'BOOTLINE_REBOOTS_PER_MINUTE',
    '120',
    wholeNumber(1, 1_000_000),
    'so many devices are woken in a minute at most',
  ),
  rebootsPerSite: row(
    'BOOTLINE_REBOOTS_PER_SITE',
    '10',
    wholeNumber(1, 1_000_000),
    'so many devices of one site are woken in a minute at most',
  ),
  registrar: row(
    'BOOTLINE_REGISTRAR',
    'off',
    listener(here),
    'where SIP servers ask for the accounts of lines, usually 127.0.0.1:3001',
  ),
  registrarToken: {
    ...optional('BOOTLINE_REGISTRAR_TOKEN', secretText, 'what SIP servers show to be given accounts'),
    secret: true,
  },
  registrarDatabase: {
    ...optional(
      'BOOTLINE_REGISTRAR_DATABASE',
      feedDatabase,
      'file or postgresql:// address of a database that holds accounts for Kamailio',
    ),
    secret: true,
  },
  webhookUrl: optional('BOOTLINE_WEBHOOK_URL', webUrl, 'where changes are told to, over HTTP'),
  webhookSecret: {
    ...optional('BOOTLINE_WEBHOOK_SECRET', secretText, 'what signs the messages that are sent there'),
    secret: true,
  },
  publicUrl: optional('BOOTLINE_PUBLIC_URL', publicUrl, 'how devices reach this server'),
  trustedProxies: row('BOOTLINE_TRUSTED_PROXIES', '', networks, 'networks of proxies that say who asks'),
  tlsPolicy: row(
    'BOOTLINE_TLS_POLICY',
    'modern',
    tlsPolicies,
    'modern, or legacy to let devices in that know nothing newer than TLS 1.0; also by listener',
  ),
  templates: optional('BOOTLINE_TEMPLATES', folder, "folder of the operator's own templates"),
  firmware: row('BOOTLINE_FIRMWARE', './firmware', folder, 'folder of the firmware images'),
  certs: row('BOOTLINE_CERTS', './certs', folder, 'folder of the certificates'),
  key: {
    ...optional('BOOTLINE_KEY', key, 'the key that seals stored secrets, in place of a key file'),
    secret: true,
  },
  keyFile: {
    ...row('BOOTLINE_KEY_FILE', '', folder, 'file of the key that seals stored secrets'),
    usual: (dataFolder: string) => join(dataFolder, 'bootline.key'),
  },
  logLevel: row(
    'BOOTLINE_LOG_LEVEL',
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'the least important messages that are logged',
  ),
}

export type Settings = {
  readonly [Key in keyof typeof table]: (typeof table)[Key] extends Row<infer T> ? T : never
}
