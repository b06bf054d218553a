import { open } from 'node:fs/promises'
import type { Measures } from './measures.ts'
import type { Answer, DevicePlane, DeviceRequest, Refusal, Upload } from './plane.ts'
import type { TftpAnswer, TftpFiles, TftpPeer, TftpRefusal, TftpSink } from './tftp/files.ts'

/** TFTP in the plane's terms: it knows no user agents, no accounts and no challenges. */
export function tftpFiles(plane: DevicePlane, measures: Measures): TftpFiles {
  return {
    read(name, peer) {
      const began = performance.now()
      const sent = (): void => measures.delivered('tftp', (performance.now() - began) / 1000)
      const answer = plane.get(requestOf('RRQ', name, peer))
      return answer instanceof Promise
        ? answer.then((found) => readAnswer(found, sent))
        : readAnswer(answer, sent)
    },
    async write(name, peer) {
      return writeAnswer(await plane.put(requestOf('WRQ', name, peer)))
    },
  }
}

function requestOf(method: string, name: string, { address }: TftpPeer): DeviceRequest {
  return { transport: 'tftp', method, name, target: name, source: address }
}

function readAnswer(answer: Answer, sent: () => void): TftpAnswer | Promise<TftpAnswer> {
  if (answer.kind !== 'memory' && answer.kind !== 'disk') return refusalOf(answer)
  const done = ({ bytes, complete }: { bytes: number; complete: boolean }) => {
    if (complete) sent()
    answer.done({ status: 200, bytes, complete })
  }
  if (answer.kind === 'memory') return { body: answer.body, done }
  return open(answer.path).then(
    (file) => ({ file, size: answer.size, done }),
    () => notFound,
  )
}

function writeAnswer(answer: Upload | Refusal): TftpSink | TftpRefusal {
  return answer.kind === 'upload' ? answer : refusalOf(answer)
}

const notFound: TftpRefusal = { error: 'not-found' }

function refusalOf(refusal: Refusal): TftpRefusal {
  return refusal.kind === 'forbidden' ? { error: 'access' } : notFound
}
