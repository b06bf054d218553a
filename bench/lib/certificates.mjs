import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** An authority as a vendor has one, and under it a certificate for each device, whose name is the device's address. */
export function deviceCertificates(folder, devices) {
  const at = (name) => join(folder, name)
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout']
  openssl(
    'req',
    '-x509',
    ...newKey,
    at('vendor.key'),
    '-out',
    at('vendor.pem'),
    '-days',
    '30',
    '-subj',
    '/CN=Vendor',
  )
  // One key for all: it is the certificates that differ.
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', at('device.key'))
  const signing = ['-CA', at('vendor.pem'), '-CAkey', at('vendor.key'), '-CAcreateserial', '-days', '30']
  for (const { mac } of devices) {
    openssl(
      'req',
      '-new',
      '-key',
      at('device.key'),
      '-out',
      at('device.csr'),
      '-subj',
      `/CN=${mac.toUpperCase()}`,
    )
    openssl('x509', '-req', '-in', at('device.csr'), ...signing, '-out', at(`${mac}.pem`))
  }
  const key = readFileSync(at('device.key'), 'latin1')
  return {
    authority: at('vendor.pem'),
    trust: (vendors) => copyFileSync(at('vendor.pem'), join(vendors, 'vendor.pem')),
    of: (mac) => ({ cert: readFileSync(at(`${mac}.pem`), 'latin1'), key }),
  }
}

function openssl(...words) {
  const { status, stderr } = spawnSync('openssl', words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl ${words[0]}: ${stderr}`)
}
