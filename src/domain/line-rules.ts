import type { Line } from './intent.ts'
import { fault, type Path, type Problem } from './problem.ts'
import { checkName, checkPlain } from './text-rules.ts'

/** The fields of a line that stand on their own; its equipment and keys have their own rules. */
export function checkLine(line: Line, path: Path): readonly Problem[] {
  const texts = (['firstName', 'lastName', 'name'] as const).flatMap((field) => {
    const text = line[field]
    return text === undefined ? [] : checkName(text, `${path}.${field}`)
  })
  return [
    ...texts,
    ...(line.email === undefined ? [] : checkEmail(line.email, `${path}.email`)),
    ...(line.shortNumber === undefined ? [] : checkShortNumber(line.shortNumber, `${path}.shortNumber`)),
    ...(line.internetAccess === undefined ? [] : checkName(line.internetAccess, `${path}.internetAccess`)),
    ...(line.sip?.user === undefined ? [] : checkSipUser(line.sip.user, `${path}.sip.user`)),
    ...(line.sip?.password === undefined ? [] : checkSipPassword(line.sip.password, `${path}.sip.password`)),
  ]
}

export function checkEmail(email: string, path: Path): readonly Problem[] {
  if (/^[^\s@"<>()]{1,64}@[^\s@"<>()]{1,190}$/.test(email) && checkPlain(email, path).length === 0) return []
  return [fault('email-invalid', path, 'this is not an e-mail address', 'write it as stephane@example.net')]
}

function checkShortNumber(short: string, path: Path): readonly Problem[] {
  if (/^\d{4,9}$/.test(short)) return []
  return [fault('short-number-invalid', path, `"${short}" is not a private number`, 'write 4 to 9 digits')]
}

function checkSipUser(user: string, path: Path): readonly Problem[] {
  if (/^[A-Za-z0-9._+*\-~!$&=%]{1,64}$/.test(user)) return []
  return [
    fault(
      'sip-user-invalid',
      path,
      'the SIP user has characters that a SIP address does not take',
      'use letters, digits and . _ + -',
    ),
  ]
}

/** A password is never shown, not even in the sentence that refuses it. */
function checkSipPassword(password: string, path: Path): readonly Problem[] {
  if (/^[\x21-\x7e]{1,128}$/.test(password)) return []
  return [
    fault(
      'sip-password-invalid',
      path,
      'the SIP password has spaces, accents or more than 128 characters',
      'use 1 to 128 letters, digits and signs, or leave it out: the server makes one',
    ),
  ]
}
