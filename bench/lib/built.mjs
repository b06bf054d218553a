/** A module of the built program, by its place under dist/. */
export function built(path) {
  return import(new URL(`../../dist/${path}`, import.meta.url).href)
}
