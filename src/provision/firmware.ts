import { readdirSync } from 'node:fs'
import type { Catalogue } from '../devices/catalogue.ts'
import type { Model } from '../domain/model.ts'

/** An image in the operator's folder, and the models that would take it. */
export interface FirmwareImage {
  readonly file: string
  readonly models: readonly Model[]
}

/** The images that are there, by name; a name that no model asks for is listed with none. */
export function firmwareImages(folder: string, catalogue: Catalogue): readonly FirmwareImage[] {
  return imageNames(folder).map((file) => ({ file, models: catalogue.byFirmware(file) }))
}

/** The image a model should run: the last by name where several fit, so that a newer version number wins. */
export function imageFor(model: Model, images: readonly FirmwareImage[]): string | undefined {
  return images.filter((image) => image.models.some((other) => other.id === model.id)).at(-1)?.file
}

function imageNames(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder, { withFileTypes: true })
    return (
      names
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
        // Hidden files are served to nobody.
        .filter((name) => name !== 'README.md' && !name.startsWith('.'))
        .sort(new Intl.Collator('en', { numeric: true }).compare)
    )
  } catch {
    // No folder, no images: the setting's default need not exist.
    return []
  }
}
