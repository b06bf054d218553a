import type { Model } from '../../domain/model.ts'

export type Facts = Partial<Omit<Model, 'id' | 'maker' | 'label' | 'userAgent' | 'partNumber' | 'firmware'>> &
  Pick<Model, 'keys'> & { readonly partNumber?: string }

/**
 * A phone asks the split image by its part number, and puts the number in front once more when the name it was
 * given has it already: `3111-48840-001.3111-48840-001.sip.ld`.
 */
export function image(partNumber: string, file = 'sip'): Pick<Model, 'partNumber' | 'firmware'> {
  return { partNumber, firmware: `(?:${partNumber}\\.){1,2}${file}\\.ld` }
}

/** What the families have in common: one port, one line, a phone, and an image found by the part number. */
export function model(
  identity: Pick<Model, 'id' | 'maker' | 'label' | 'userAgent' | 'generation'>,
  { partNumber, ...facts }: Facts,
): Model {
  return {
    kind: 'phone',
    lines: 1,
    ports: 1,
    confidence: 'verified',
    ...identity,
    ...(partNumber ? image(partNumber, identity.generation === 'sip3' ? '(?:sip|bootrom)' : 'sip') : {}),
    ...facts,
  }
}
