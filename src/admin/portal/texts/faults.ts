import { fleetFaults } from './faults-fleet.ts'
import { importFaults } from './faults-imports.ts'
import { keyFaults } from './faults-keys.ts'
import { peopleFaults } from './faults-people.ts'
import { serverFaults } from './faults-server.ts'
import type { Locale, Told } from './written.ts'

/**
 * Faults by their codes. The other rooms tell them in English, with the very value that is wrong; in English only what
 * they say to programs is said anew.
 */
export const faults: Readonly<Record<Locale, Readonly<Record<string, Told>>>> = {
  fr: { ...fleetFaults, ...keyFaults, ...importFaults, ...serverFaults, ...peopleFaults },
  en: {
    'not-found': ['There is no such page', 'It may have been deleted, or the address is not whole.'],
    'not-allowed': ['This is not for you to do', 'Ask somebody who manages the company.'],
    'input-unfit': ['This cannot be saved', 'Correct what is named, and try again.'],
    'fleet-refused': ['Nothing was saved', 'Correct what is named, and try again.'],
    'changed-since': [
      'Somebody has changed this since you opened it',
      'Look at what has changed, and decide.',
    ],
    'if-match-needed': ['This page does not know any more what it changes', 'Open it again.'],
    'csrf-unfit': ['This page was open for too long', 'Open it again, and try once more.'],
    'too-many-listeners': ['Too many look on at once', 'Try again later.'],
    unexpected: ['Something went wrong on the server', 'Try again; if it goes on, tell your operator.'],
  },
}
