/** In the order in which they are told apart: each of the later ones also names those before it. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** What somebody looks at pages with, in words he knows: `Firefox · Windows`. */
export function browserName(userAgent: string): string {
  const known = [browsers, systems].flatMap((names) => {
    const found = names.find(([sign]) => userAgent.includes(sign))
    return found ? [found[1]] : []
  })
  return known.length > 0 ? known.join(' · ') : userAgent
}
