// What a phone of 45 keys costs when nothing but a template engine is asked: 213 lines by Handlebars, turned into bytes.
import Handlebars from 'handlebars'

const keys = 45
const settings = 32

const template = Handlebars.compile(
  [
    '#!version:1.0.0.1',
    ...Array.from({ length: settings }, (_, i) => `account.1.setting_${i} = {{s${i % 8}}}`),
    '{{#each keys}}{{#if type}}linekey.{{@index}}.type = {{type}}',
    'linekey.{{@index}}.line = {{line}}',
    'linekey.{{@index}}.value = {{value}}',
    'linekey.{{@index}}.label = {{label}}',
    '{{/if}}{{/each}}',
  ].join('\n'),
  { noEscape: true },
)

/** What is told of so many different phones. */
export function plainPhones(count) {
  return Array.from({ length: count }, (_, phone) => ({
    ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`s${i}`, `value ${i} of ${phone}`])),
    keys: Array.from({ length: keys }, (_, i) => ({
      type: '16',
      line: '1',
      value: `+3348306${String((phone + i) % 10_000).padStart(4, '0')}`,
      label: `Poste ${phone} ${i}`,
    })),
  }))
}

export function plainFile(phone) {
  return Buffer.from(template(phone))
}
