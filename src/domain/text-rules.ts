import { fault, type Path, type Problem } from './problem.ts'

export const maxLabel = 40
const maxName = 80

/** Characters that no name, label or value may hold: control characters, line ends, lone surrogates. */
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u

/** A key's label: free text of up to 40 characters. */
export function checkLabel(label: string, path: Path): readonly Problem[] {
  if (label.trim() === '') {
    return [fault('label-empty', path, 'the label is empty', 'write what the key should show')]
  }
  return [...checkPlain(label, path), ...checkLength(label, maxLabel, path)]
}

/** The name of a person, a line, a site, a company; an address; any text that a person reads. */
export function checkName(name: string, path: Path, max: number = maxName): readonly Problem[] {
  if (name.trim() === '')
    return [fault('name-empty', path, 'the name is empty', 'write a name, or leave the field out')]
  return [...checkPlain(name, path), ...checkLength(name, max, path)]
}

/** A pickup group's name is typed and spoken: letters, digits, spaces, hyphens and apostrophes. */
export function checkGroupName(name: string, path: Path): readonly Problem[] {
  if (/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} '’-]*$/u.test(name)) return checkLength(name, maxLabel, path)
  return [
    fault(
      'group-name',
      path,
      'the name of a pickup group has special characters',
      'use letters, digits, spaces, hyphens and apostrophes',
    ),
  ]
}

/** Text that will stand in a device's file must not be able to end a line there. */
export function checkPlain(text: string, path: Path): readonly Problem[] {
  if (!forbidden.test(text)) return []
  return [
    fault(
      'control-characters',
      path,
      'the text holds control characters or line ends',
      'write it on one line of ordinary characters',
    ),
  ]
}

/** The word with its article, as a sentence has it: `an analog`, `a mobile`. */
export function withArticle(word: string): string {
  return `${/^[aeio]/i.test(word) ? 'an' : 'a'} ${word}`
}

function checkLength(text: string, max: number, path: Path): readonly Problem[] {
  const length = [...text].length
  if (length <= max) return []
  return [fault('too-long', path, `the text has ${length} characters`, `write at most ${max}`)]
}
