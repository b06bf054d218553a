import type { Model } from '../../domain/model.ts'

/** The three digits of the common file, the first numbers of the images, and what differs from model to model. */
export type Facts = Partial<Model> & { readonly images: readonly number[] }

/**
 * `T46S(T48S,T42S,T41S)-66.86.0.15.rom`, `W70B-146.85.0.40.rom`: whatever stands before it, the first number of the
 * version tells the image family.
 */
function image(numbers: readonly number[]): string {
  return `(?:[^/]+-)?(?:${numbers.join('|')})\\.\\d+\\.\\d+\\.\\d+(?:\\(\\d+\\))?\\.rom`
}

/** What the families have in common: named as the user agent writes it, one port, one line, a phone. */
export function device(name: string, generation: string, { images, ...facts }: Facts): Model {
  return {
    id: `yealink/${name.toLowerCase().replaceAll('_', '-')}`,
    maker: 'yealink',
    label: `Yealink ${name.replaceAll('_', ' ')}`,
    kind: 'phone',
    userAgent: name,
    keys: 0,
    lines: 1,
    ports: 1,
    firmware: image(images),
    generation,
    confidence: 'verified',
    ...facts,
  }
}

/** Same image, and the same common file: variants of one phone. */
export const sameHardware = { shares: ['firmware', 'hardwareCode'] } as const
export const sameImage = { shares: ['firmware'] } as const
