import type { Visit } from './page.ts'

export interface Crumb {
  readonly to: string
  readonly label: string
}

/** The way to a page of the administration, past those that are given. */
export function administrationCrumbs(
  { text }: Pick<Visit, 'text'>,
  ...past: readonly Crumb[]
): readonly Crumb[] {
  return [{ to: '/administration', label: text('menu.administration') }, ...past]
}
