import { command } from './command.ts'
import { lookAtCertificates } from './doctor-certificates.ts'
import { lookAtDisk } from './doctor-disk.ts'
import { lookAtFirmware, lookAtTemplates } from './doctor-files.ts'
import type { Finding } from './doctor-finding.ts'
import { lookAtPorts } from './doctor-ports.ts'
import { lookAtStore } from './doctor-store.ts'
import { lookAtPublicUrl } from './doctor-url.ts'

/** Looks at everything that serving devices depends on. It works while the server runs and while it does not. */
export const doctor = command({
  name: 'doctor',
  summary: 'Look whether all is well with the server, and say what to do where it is not',
  examples: ['bootline doctor', 'bootline doctor --json'],
  options: {},
  async run(context) {
    const settings = context.settings()
    const now = Date.now()
    const findings = (
      await Promise.all([
        lookAtPorts(settings),
        lookAtPublicUrl(settings.publicUrl, Date.now),
        lookAtCertificates(settings, now),
        lookAtDisk(settings),
        lookAtStore(settings, now),
        lookAtTemplates(settings),
        lookAtFirmware(settings),
      ])
    ).flat()
    const isWell = findings.every(({ state }) => state !== 'wrong')
    context.show({ well: isWell, findings }, () =>
      [...findings.flatMap(told), '', inSum(findings)].join('\n'),
    )
    return isWell ? 0 : 1
  },
})

function told({ about, state, says, remedy }: Finding): readonly string[] {
  return [`${state.padEnd(7)}  ${about}: ${says}`, ...(remedy === undefined ? [] : [`         → ${remedy}`])]
}

function inSum(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length
  if (count('wrong') > 0) return `${count('wrong')} wrong, ${count('warning')} to be looked at.`
  return count('warning') > 0 ? `Nothing is wrong, ${count('warning')} to be looked at.` : 'All is well.'
}
