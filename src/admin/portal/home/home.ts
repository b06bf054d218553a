import type { Page } from '../page.ts'

interface Facts {
  readonly items: readonly {
    readonly company: string
    readonly sites: number
    readonly lines: readonly {
      readonly kind: string
      readonly total: number
      readonly withoutEquipment: number
    }[]
    readonly linesToComplete: number
    readonly devices: Readonly<Record<string, number>>
  }[]
}

/** "Gérer votre offre": what there is, how it is, and what wants attention first. */
export const home: Page = {
  path: '/',
  async show({ ask, text }) {
    const { body } = await ask<Facts>('readFacts', { query: { limit: 50 } })
    return { view: 'home/home', title: text('menu.home'), place: 'home', data: { facts: body.items } }
  },
}
