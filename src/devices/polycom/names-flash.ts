import { from, type Names } from './names.ts'

/** What stays in the flash; each has a `.set` beside it. */
export const flashNames: Names = [
  ...from(
    'UCS 5.0.1 administrator guide; FrankPetrilli/polycom-provisioning device.cfg',
    `
    device.prov.serverType device.prov.serverName device.prov.user device.prov.password
    device.prov.tagSerialNo device.prov.upgradeServer device.prov.ztpEnabled device.prov.redunAttemptLimit
    device.prov.redunInterAttemptDelay device.prov.maxRedunServers device.prov.abortSWUpgradeAfterFailures
    device.dhcp.bootSrvUseOpt device.dhcp.bootSrvOpt device.dhcp.bootSrvOptType device.dhcp.option60Type
  `,
  ),
  ...from(
    'public templates',
    `
    device.auth.localAdminPassword device.auth.localUserPassword device.baseProfile
  `,
  ),
  ...from(
    'Feature profile 37148; UCS 5.9.0 guide',
    `
    device.sec.configEncryption.key device.sec.TLS.customCaCert1 device.sec.TLS.customCaCert2
    device.sec.TLS.profile.caCertList1 device.sec.TLS.profileSelection.provisioning
    device.sec.TLS.protocol.prov device.sec.TLS.protocol.syslog
    device.sec.TLS.prov.strictCertCommonNameValidation device.sec.TLS.profile.cipherSuiteDefault1
    device.sec.TLS.profile.cipherSuite1
  `,
  ),
  ...from(
    'vendor guides and public templates',
    `
    device.syslog.serverName device.syslog.transport device.syslog.facility device.syslog.renderLevel
    device.syslog.prependMac
  `,
  ),
  ...from(
    'fusionpbx',
    `
    device.eulaAccepted
  `,
  ),
]
