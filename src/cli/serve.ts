import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { createMetrics } from '../admin/ops/metrics.ts'
import { type DeviceService, startDeviceService } from '../delivery/service.ts'
import { catalogue } from '../devices/catalogue.ts'
import { drivers } from '../devices/vendors.ts'
import { makeDeviceAccount } from '../fleet/passwords.ts'
import { startHooks } from '../hooks/service.ts'
import { startRebootService } from '../reboot/service.ts'
import { startRegistrar } from '../registrar/service.ts'
import { command } from './command.ts'
import { withStore } from './fleet-store.ts'
import { firstOperator, startAdmin } from './serve-admin.ts'
import { keepDeletions } from './serve-deletions.ts'

export const serve = command({
  name: 'serve',
  summary: 'Run the server until it is told to stop',
  examples: ['bootline serve', 'BOOTLINE_PUBLIC_URL=https://prov.example.net:8443/ bootline serve'],
  options: {},
  async run(context) {
    const settings = context.settings()
    const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: true }))
    return withStore(context, async (store) => {
      await store.check()
      await store.devices.completeDevices(makeDeviceAccount, Date.now())
      const registrar = await startRegistrar({ settings, store, log })
      const hooks = startHooks({ settings, store, log })
      const running: { service?: DeviceService; stopping: boolean } = { stopping: false }
      const metrics = createMetrics({
        store,
        now: Date.now,
        ...(settings.workers > 1 ? { workers: () => running.service?.workers } : {}),
      })
      try {
        const service = await startDeviceService({
          settings,
          store,
          catalogue,
          drivers,
          log,
          shippedTemplates,
          measures: metrics.measures,
          workerProgram,
        })
        running.service = service
        const reboots = startRebootService({ settings, store, catalogue, drivers, log })
        const deletions = keepDeletions(store, log)
        const admin = await startAdmin({ settings, store, log, metrics, service, reboots, running })
        if (settings.publicUrl === undefined) {
          log.warn(
            {},
            'BOOTLINE_PUBLIC_URL is not set: devices are told to come back over this machine’s own address',
          )
        }
        const addresses = {
          ...service.addresses,
          ...(registrar.address === undefined ? {} : { registrar: registrar.address }),
          ...(admin.address === undefined ? {} : { admin: admin.address }),
        }
        const listening = Object.entries(addresses).map(([name, address]) => `  ${name.padEnd(9)} ${address}`)
        const first = admin.address === undefined ? undefined : await firstOperator(settings, store)
        context.show({ devices: service.devices, listening: addresses, ...(first ? { first } : {}) }, () =>
          [
            `Bootline serves ${service.devices} devices.`,
            ...listening,
            ...(first
              ? [`Nobody has signed in yet. This link lets the first operator in, once: ${first.link}`]
              : []),
            'Stop it with Ctrl-C.',
          ].join('\n'),
        )
        await stopped()
        running.stopping = true
        log.info({}, 'stopping: what is under way may end')
        await deletions.close()
        await reboots.close()
        await service.close()
        // Until the end it tells whoever asks that this server is about to go.
        await admin.close()
        return 0
      } finally {
        await hooks.close()
        await registrar.close()
      }
    })
  },
})

/** As it is built, beside this file. */
const workerProgram = fileURLToPath(new URL('./serve-worker.js', import.meta.url))

const shippedTemplates = fileURLToPath(new URL('../../templates', import.meta.url))

/** The first signal ends the server in good order; a second one is the system's to carry out. */
async function stopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}
