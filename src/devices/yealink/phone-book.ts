import { type Entry, nothing, numbers } from './entry.ts'

/** Remote phone books a device may have kept from an earlier server. */
const places = 5

export const noPhoneBook: readonly Entry[] = [
  ['features.remote_phonebook.enable', '0'],
  ...numbers(places).flatMap((n): Entry[] => [
    [`remote_phonebook.data.${n}.url`, nothing],
    [`remote_phonebook.data.${n}.name`, nothing],
    [`remote_phonebook.data.${n}.username`, nothing],
    [`remote_phonebook.data.${n}.password`, nothing],
  ]),
]
