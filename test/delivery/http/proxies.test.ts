import { describe, expect, test } from 'vitest'
import { makeTestDeviceCertificate } from '../certificates/device-certificates.ts'
import { ask, start, transports } from './listening.ts'
import { fixedPlane } from './planes.ts'

const { cert } = makeTestDeviceCertificate(undefined, { cn: '001565AABBCC' })
const said = {
  'X-Forwarded-For': '192.0.2.66, 198.51.100.7',
  'X-Forwarded-Proto': 'https',
  'X-Client-Cert': encodeURIComponent(cert),
  'X-Client-Verify': 'SUCCESS',
}

describe.each(transports)('over %s', (transport) => {
  const seen = async (headers: Record<string, string>, trustedProxies: string[]) => {
    const plane = fixedPlane({ file: 'x' })
    const running = await start(transport, plane, { trustedProxies })
    expect((await ask(running, '/file', { headers })).status).toBe(200)
    return plane.requests[0]
  }

  test('anybody may write these headers: they are believed of nobody', async () => {
    const request = await seen(said, ['10.0.0.0/8'])
    expect(request).toMatchObject({ source: '127.0.0.1', transport })
    expect(request).not.toHaveProperty('certificate')
  })

  test('a trusted proxy tells who asks, and what it was shown', async () => {
    const request = await seen(said, ['127.0.0.0/8'])
    expect(request).toMatchObject({
      source: '198.51.100.7',
      transport: 'mtls',
      certificate: { check: 'passed' },
    })
    expect(request?.certificate?.certificate.subject).toContain('CN=001565AABBCC')
  })

  test('what the proxy found wrong is wrong', async () => {
    const headers = { ...said, 'X-Client-Verify': 'FAILED:certificate has expired' }
    expect((await seen(headers, ['127.0.0.1']))?.certificate?.check).toBe('expired')
  })

  test('a trusted proxy that says nothing asks for itself', async () => {
    expect(await seen({}, ['127.0.0.1'])).toMatchObject({ source: '127.0.0.1', transport })
  })
})
