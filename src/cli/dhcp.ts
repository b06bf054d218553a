import { dhcpPlan } from '../delivery/zero-touch/dhcp-plan.ts'
import { provisioningUrl, tftpUrl } from '../delivery/zero-touch/provisioning-url.ts'
import { dhcpServers, snippet } from '../delivery/zero-touch/snippets.ts'
import { drivers } from '../devices/vendors.ts'
import { command } from './command.ts'
import type { Context } from './context.ts'
import { Refusal } from './failure.ts'

/** Prints what a DHCP server has to be told so that devices find this one. */
export const dhcp = command({
  name: 'dhcp',
  summary: 'Print the DHCP options that send devices to this server',
  examples: [
    'bootline dhcp --server dnsmasq > /etc/dnsmasq.d/bootline.conf',
    'bootline dhcp --url http://prov.example.net:8080/',
  ],
  options: {
    server: { type: 'string', value: 'NAME', about: `only for one of ${dhcpServers.join(', ')}` },
    url: { type: 'string', value: 'URL', about: 'the address to give, in place of BOOTLINE_PUBLIC_URL' },
  },
  run(context, { server, url }) {
    const servers = dhcpServers.filter((known) => server === undefined || server === known)
    if (servers.length === 0) {
      throw new Refusal(
        'usage',
        `nothing is known of a DHCP server "${server}"`,
        `take ${dhcpServers.join(', ')}`,
      )
    }
    const given = givenUrl(context, url)
    const overTftp = tftpUrl(given, context.settings().tftp)
    const plan = dhcpPlan(
      drivers.flatMap((driver) => driver.dhcp),
      given,
      overTftp,
    )
    const snippets = servers.map((name) => ({ server: name, text: snippet(name, plan) }))
    context.show({ url: given, ...(overTftp === undefined ? {} : { tftpUrl: overTftp }), snippets }, () =>
      snippets.map(({ text }) => text).join('\n\n'),
    )
    return 0
  },
})

function givenUrl(context: Context, option: string | undefined): string {
  const text = option ?? context.settings().publicUrl
  if (text === undefined) {
    throw new Refusal(
      'settings',
      'how devices reach this server is not known',
      'set BOOTLINE_PUBLIC_URL, or add --url https://prov.example.net:8443/',
    )
  }
  const reading = provisioningUrl(text)
  if ('value' in reading) return reading.value
  const name = option === undefined ? 'BOOTLINE_PUBLIC_URL' : '--url'
  throw new Refusal(option === undefined ? 'settings' : 'usage', `${name}: ${reading.wrong}`, reading.right)
}
