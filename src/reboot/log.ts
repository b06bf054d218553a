/** The part of a logger that is needed to wake devices; a pino logger fits. */
export interface RebootLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
