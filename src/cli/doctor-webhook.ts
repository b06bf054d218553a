import { once } from 'node:events'
import { connect } from 'node:net'
import type { Settings } from '../settings.ts'
import { codeOf, type Finding, good, warning, wrong } from './doctor-finding.ts'

const patience = 5000

/** Whether the receiver can be reached. Nothing is sent to it: a message that means nothing would have to be understood. */
export async function lookAtWebhook(
  { webhookUrl }: Pick<Settings, 'webhookUrl'>,
  waiting: number,
): Promise<readonly Finding[]> {
  const about = 'webhook'
  if (webhookUrl === undefined) return []
  const { hostname, port, protocol } = new URL(webhookUrl)
  const where = {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  }
  const socket = connect(where)
  const timer = setTimeout(() => socket.destroy(new Error('no answer')), patience)
  try {
    await once(socket, 'connect')
  } catch (error) {
    return [
      wrong(
        about,
        `${where.host}:${where.port} cannot be reached (${codeOf(error)}); ${waiting} messages wait`,
        'start the receiver, or correct BOOTLINE_WEBHOOK_URL; what waits is sent then',
      ),
    ]
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
  if (waiting > 100)
    return [
      warning(
        about,
        `${waiting} messages wait to be taken`,
        'look into the log of the server for the status the receiver answers with',
      ),
    ]
  return [good(about, `${where.host}:${where.port} can be reached; ${waiting} messages wait`)]
}
