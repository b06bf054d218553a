/** A moment as people read it, on the clock of this machine. */
export function moment(at: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const date = new Date(at)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The same for programs. */
export function instant(at: number): string {
  return new Date(at).toISOString()
}
