/** The part of a logger that the device plane needs; a pino logger fits. */
export interface ServiceLog {
  debug(fields: object, text: string): void
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
