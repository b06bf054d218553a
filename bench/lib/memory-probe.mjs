// Loaded into a server that is watched: tells how much memory is left once all that is not needed is thrown away.
process.on('message', () => {
  // What the first finds has finalisers that leave more for the second.
  global.gc()
  global.gc()
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send({ rss, heap: heapUsed + external })
})
// Whoever watches does not keep it alive.
process.channel.unref()
