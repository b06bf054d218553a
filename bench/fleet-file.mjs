/** A fleet file of so many lines, each on a phone of its own with six supervision keys and four shortcuts. */
export function fleetFile(
  lines,
  { models = ['polycom/vvx-450'], macPrefix = '64167f', access = 'open' } = {},
) {
  const number = (i) => `"+3348${String(i % lines).padStart(7, '0')}"`
  const text = [
    'companies:',
    '  - name: Big',
    `    deviceAccess: ${access}`,
    '    sip: { domain: sip.example.net }',
    '    sites: [{ name: S }]',
    '    lines:',
  ]
  for (let i = 0; i < lines; i++) {
    const watched = [1, 2, 3, 4, 5, 6].map((step) => number(i + step)).join(', ')
    text.push(
      `      - { number: ${number(i)}, kind: fixed, site: S, firstName: Jean, lastName: Dupont ${i}, email: s${i}@example.net,`,
      `          equipment: { model: ${models[i % models.length]}, mac: ${macOf(macPrefix, i)} },`,
      `          keys: { supervision: [${watched}], shortcuts: [{ number: "0613456782", label: Pierre }, interception,`,
      '            { number: "3899", label: Services }, { number: "3898", label: Ville }] } }',
    )
  }
  return `${text.join('\n')}\n`
}

export function macOf(prefix, i) {
  return `${prefix}${i.toString(16).padStart(6, '0')}`
}
