/** What operators' files are sent as; devices hardly look at it, people with a browser do. */
const types: Readonly<Record<string, string>> = {
  xml: 'application/xml; charset=utf-8',
  wav: 'audio/wav',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  ver: 'text/plain; charset=utf-8',
}

export function contentTypeOf(name: string): string {
  return types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}
