/** The part of a logger the listeners need; a pino logger fits. */
export interface HttpLog {
  debug(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
