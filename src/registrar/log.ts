/** The part of a logger that the registrar's side needs; a pino logger fits. */
export interface RegistrarLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
