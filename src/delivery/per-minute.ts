/** More keys than this are not remembered: forgetting all of them costs one minute's strictness. */
const most = 20_000

/** Says whether one more of a key is within the limit of this minute, and counts it. */
export function perMinute(limit: number): (key: string, now: number) => boolean {
  const minutes = new Map<string, { minute: number; count: number }>()
  return (key, now) => {
    const minute = Math.floor(now / 60_000)
    const seen = minutes.get(key)
    if (!seen || seen.minute !== minute) {
      if (minutes.size >= most) minutes.clear()
      minutes.set(key, { minute, count: 1 })
      return limit > 0
    }
    seen.count++
    return seen.count <= limit
  }
}
