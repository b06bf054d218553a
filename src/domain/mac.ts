import type { Model, ModelLookup } from './model.ts'
import { caution, fault, type Path, type Problem } from './problem.ts'

/** 12 lower-case hex digits when the text is a device's address in any usual writing; otherwise why it is not. */
export function parseMac(text: string, path: Path): { mac: string } | { problem: Problem } {
  const mac = text.trim().toLowerCase()
  const digits = mac.replace(/[:.\s-]/g, '')
  if (!/^[0-9a-f]{12}$/.test(digits) || !usualWriting(mac)) {
    return refuse(`"${printable(text)}" is not a MAC address`, 'write 12 hex digits, as in 64:16:7f:b2:69:d6')
  }
  if (digits === '000000000000' || digits === 'ffffffffffff') {
    return refuse(
      `${formatMac(digits)} is no device's address`,
      "give the address printed on the device's label",
    )
  }
  if (Number.parseInt(digits.slice(0, 2), 16) & 1) {
    return refuse(
      `${formatMac(digits)} is a multicast address`,
      "give the address printed on the device's label",
    )
  }
  return { mac: digits }

  function refuse(wrong: string, right: string) {
    return { problem: fault('mac-invalid', path, wrong, right) }
  }
}

/** Separators stand between every two digits, every four, or nowhere; a stray one is a typing fault. */
function usualWriting(mac: string): boolean {
  return /^([0-9a-f]{2}([:. -]?))([0-9a-f]{2}\2){4}[0-9a-f]{2}$|^([0-9a-f]{4}([:. -]))[0-9a-f]{4}\5[0-9a-f]{4}$/.test(
    mac,
  )
}

function printable(text: string): string {
  return text.slice(0, 40).replace(/\p{C}/gu, '?')
}

/** `64:16:7f:b2:69:d6`, as people read it. */
export function formatMac(mac: string): string {
  return mac.replace(/(..)(?=.)/g, '$1:')
}

/** A MAC from another maker's block than the model's is worth a look, never a refusal: makers buy new blocks. */
export function checkMaker(mac: string, model: Model, models: ModelLookup, path: Path): readonly Problem[] {
  const makers = models.makersOf(mac)
  if (makers.length === 0 || makers.includes(model.maker)) return []
  return [
    caution(
      'mac-maker',
      path,
      `${formatMac(mac)} looks like a device of ${makers.join(' or ')}, the model is ${model.label}`,
      'check the label on the device, or the model',
    ),
  ]
}
