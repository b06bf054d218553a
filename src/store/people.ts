import type { Access } from './devices.ts'
import type { Author } from './history.ts'
import { type CredentialStore, credentialsOver } from './people-credentials.ts'
import { type Links, linksOver } from './people-links.ts'
import { findPeople, findPerson, type PeopleQuery, type Person, type PersonKey } from './people-read.ts'
import { addPerson, changePerson, type NewPerson, type PersonChange, removePerson } from './people-save.ts'
import { type Sessions, sessionsOver } from './people-sessions.ts'
import { type Tokens, tokensOver } from './people-tokens.ts'
import { type Watch, watchOver } from './people-watch.ts'
import type { Sealer } from './seal.ts'

/** Who may use the admin plane, and how they come in. */
export interface People {
  find(key: PersonKey): Promise<Person | undefined>
  list(query: PeopleQuery): Promise<readonly Person[]>
  add(author: Author, person: NewPerson): Promise<Person>
  /** `decide` sees how the person is now, says what changes, and may throw: nothing changes then. */
  change(author: Author, id: number, decide: (before: Person) => PersonChange): Promise<Person>
  remove(author: Author, id: number, decide: (before: Person) => void): Promise<void>
  readonly credentials: CredentialStore
  readonly links: Links
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly watch: Watch
}

export function peopleOver(read: Access, write: Access, sealer: Sealer): People {
  return {
    find: (key) => read((db) => findPerson(db, key)),
    list: (query) => read((db) => findPeople(db, query)),
    add: (author, person) => write((db) => addPerson(db, author, person)),
    change: (author, id, decide) => write((db) => changePerson(db, author, id, decide)),
    remove: (author, id, decide) => write((db) => removePerson(db, author, id, decide)),
    credentials: credentialsOver(read, write, sealer),
    links: linksOver(read, write),
    sessions: sessionsOver(read, write),
    tokens: tokensOver(read, write),
    watch: watchOver(read, write),
  }
}
