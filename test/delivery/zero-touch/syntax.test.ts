import { describe, expect, test } from 'vitest'
import { dhcpPlan } from '../../../src/delivery/zero-touch/dhcp-plan.ts'
import { snippet } from '../../../src/delivery/zero-touch/snippets.ts'
import { drivers } from '../../../src/devices/vendors.ts'
import { complaints, isMissing, withTheUnproven } from './checkers.ts'

const urls = [
  'https://prov.example.net:8443/',
  'http://[2001:db8::1]:8080/phones/~a_b-c.d/',
  'tftp://192.0.2.10/',
]

describe.each(['dnsmasq', 'isc', 'kea'] as const)('%s', (server) => {
  describe.skipIf(isMissing(server))('asked itself', () => {
    test.each(urls)('takes what is proven, and what is not, for %s', (url) => {
      const text = snippet(
        server,
        dhcpPlan(
          drivers.flatMap((driver) => driver.dhcp),
          url,
          'tftp://prov.example.net/',
        ),
      )
      const everything = withTheUnproven(text)
      expect(everything).not.toBe(text)
      expect({ proven: complaints(server, text), everything: complaints(server, everything) }).toEqual({
        proven: '',
        everything: '',
      })
    })

    test('would tell what is wrong', () => {
      const text = snippet(
        server,
        dhcpPlan(
          drivers.flatMap((driver) => driver.dhcp),
          'https://prov.example.net/',
        ),
      )
      const definitions = /^.*(code 160 = text;|"code": 160, .*|dhcp-match=.*)$/m
      expect(text).toMatch(definitions)
      expect(complaints(server, text.replace(definitions, 'dhcp-match=x'))).not.toBe('')
    })
  })
})
