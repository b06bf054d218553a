/** A fleet file of many phones with ten keys each. */
export function largeFleet(lines: number, lastName = 'Dupont'): string {
  const number = (i: number) => `"+3348${String(i % lines).padStart(7, '0')}"`
  const text = [
    'companies:',
    '  - name: Big',
    '    sip: { domain: sip.example.net }',
    '    sites: [{ name: S }]',
    '    lines:',
  ]
  for (let i = 0; i < lines; i++) {
    const watched = [1, 2, 3, 4, 5, 6].map((step) => number(i + step)).join(', ')
    text.push(
      `      - { number: ${number(i)}, kind: fixed, site: S, firstName: Jean, lastName: ${lastName} ${i}, email: s${i}@example.net,`,
      `          equipment: { model: polycom/vvx-450, mac: 64167f${i.toString(16).padStart(6, '0')} },`,
      `          keys: { supervision: [${watched}], shortcuts: [{ number: "0613456782", label: Pierre }, interception,`,
      '            { number: "3899", label: Services }, { number: "3898", label: Ville }] } }',
    )
  }
  return `${text.join('\n')}\n`
}
