import type { Model } from '../../../src/domain/model.ts'
import type { Wake } from '../../../src/reboot/wake.ts'

export const model: Model = {
  id: 'yealink/t54w',
  maker: 'yealink',
  label: 'Yealink T54W',
  kind: 'phone',
  lines: 16,
  ports: 1,
  generation: 't5',
  confidence: 'verified',
}

export const password = 'Tr0ub4dor-and-3'

/** A phone with one line, told through a switch on this machine. */
export function wakeOf(port: number, changes: Partial<Wake> = {}): Wake {
  return {
    mac: '805ec0000001',
    model,
    form: 'reboot',
    event: 'check-sync;reboot=true',
    users: ['33483050173'],
    sip: { domain: 'sip.example.net', transport: 'udp' },
    credentials: { user: '33483050173', password: 'of-the-line' },
    reboot: { by: 'asterisk', server: `127.0.0.1:${port}`, user: 'bootline', password },
    ...changes,
  }
}
