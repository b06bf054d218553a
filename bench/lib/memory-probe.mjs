// Loaded into a server that is watched: tells how much memory is left once all that is not needed is thrown away.
import cluster from 'node:cluster'

// A process that the server makes itself has a channel to the server, and that is the server's.
if (cluster.isPrimary && process.channel) {
  process.on('message', () => {
    // What the first finds has finalisers that leave more for the second.
    global.gc()
    global.gc()
    const { rss, heapUsed, external } = process.memoryUsage()
    process.send({ rss, heap: heapUsed + external })
  })
  // Whoever watches does not keep it alive.
  process.channel.unref()
}
