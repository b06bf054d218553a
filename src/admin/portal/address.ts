/** An address of the portal with a query; fields without a value are left out. */
export function address(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const written = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return written ? `${path}?${written}` : path
}

export function linePath(number: string, page = ''): string {
  return `/lines/${encodeURIComponent(number)}${page}`
}

export function sitePath(company: string, site: string, page = ''): string {
  return `/companies/${encodeURIComponent(company)}/sites/${encodeURIComponent(site)}${page}`
}
