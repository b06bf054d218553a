import type { Action } from '../../../domain/permissions.ts'
import { normaliseNumber } from '../../../domain/phone-number.ts'
import type { ShownCompany } from '../../routes/companies-shown.ts'
import type { Form } from '../page.ts'
import { givenParameters } from './parameters-given.ts'

/** Settings that are changed together, on a page of their own. */
export interface Section {
  readonly name: string
  readonly action: Action
  readonly operation: 'settleCompany' | 'configureCompany'
  /** What of it is told on the page of the company. */
  readonly fields: readonly string[]
  /** What the operation takes, from what was typed; what was emptied is cleared. */
  given(form: Form): object
}

const orCleared = (form: Form, ...names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name.replace(/^.*\./, ''), form.one(name) ?? null]))

const own: Section = {
  name: 'settings',
  action: 'company.settle',
  operation: 'settleCompany',
  fields: ['locale', 'timezone', 'quietHours', 'keyDuringCall'],
  given(form) {
    const [from, to] = [form.one('quietHours.from'), form.one('quietHours.to')]
    return {
      ...orCleared(form, 'locale', 'timezone', 'keyDuringCall'),
      quietHours: from || to ? { from: from ?? '', to: to ?? '' } : null,
    }
  },
}

const telephony: Section = {
  name: 'telephony',
  action: 'company.configure',
  operation: 'configureCompany',
  fields: [
    'sip.domain',
    'sip.proxy',
    'sip.port',
    'sip.transport',
    'codes.groupPickup',
    'codes.directedPickup',
    'codes.voicemail',
  ],
  given(form) {
    const port = form.one('sip.port')
    return {
      sip: {
        ...orCleared(form, 'sip.proxy', 'sip.transport'),
        domain: form.one('sip.domain') ?? '',
        port: port === undefined ? null : Number(port),
      },
      codes: orCleared(form, 'codes.groupPickup', 'codes.directedPickup', 'codes.voicemail'),
    }
  },
}

const access: Section = {
  name: 'access',
  action: 'company.configure',
  operation: 'configureCompany',
  fields: ['deviceAccess', 'openNetworks', 'userSettings'],
  given(form) {
    const networks = form
      .one('openNetworks')
      ?.split(/[\s,;]+/)
      .filter(Boolean)
    return { ...orCleared(form, 'deviceAccess', 'userSettings'), openNetworks: networks ?? null }
  },
}

const restarts: Section = {
  name: 'restarts',
  action: 'company.configure',
  operation: 'configureCompany',
  fields: ['reboot.by', 'reboot.server', 'reboot.user', 'reboot.profile'],
  given(form) {
    const password = form.one('reboot.password')
    return {
      reboot: {
        ...orCleared(form, 'reboot.by', 'reboot.server', 'reboot.user', 'reboot.profile'),
        ...(password === undefined ? {} : { password }),
      },
    }
  },
}

const blocks: Section = {
  name: 'blocks',
  action: 'company.configure',
  operation: 'configureCompany',
  fields: ['numberBlocks'],
  given(form) {
    const written = (name: string) => {
      const end = form.one(name) ?? ''
      return normaliseNumber(end) ?? end
    }
    const rows = Object.keys(form.fields).flatMap((name) => /^from\.(\d+)$/.exec(name)?.[1] ?? [])
    const numberBlocks = rows.map((row) => ({ from: written(`from.${row}`), to: written(`to.${row}`) }))
    return { numberBlocks: numberBlocks.length > 0 ? numberBlocks : null }
  },
}

const parameters: Section = {
  name: 'parameters',
  action: 'company.settle',
  operation: 'settleCompany',
  fields: [],
  given: (form) => ({ parameters: givenParameters(form.fields) ?? null }),
}

export const sections: readonly Section[] = [own, telephony, access, restarts, blocks, parameters]

/** The settings of a company by the names that fields of forms have: `sip.domain`. */
export function flatFields(company: ShownCompany): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(company).flatMap(([name, value]: readonly [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [[name, value], ...Object.entries(value).map(([inner, each]) => [`${name}.${inner}`, each])]
        : [[name, value]],
    ),
  )
}
