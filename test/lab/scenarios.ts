import type { Account } from './rendered.ts'

/** How a phone takes a NOTIFY. */
export type Manner =
  | 'willing' // 200
  | 'unwilling' // 489
  | 'unfit' // 481
  | 'asking' // 401 first, and 200 only to whoever signs in as the phone's own line
  | 'deaf' // no answer
  | 'slow' // 200, after the server has asked again

/** The phone registers as its account says, and stays. Its own idea of its address is of no use outside its network. */
export function registerScenario({ user, password, domain }: Account): string {
  const request = (sequence: number, signIn: string) => `<send retrans="500"><![CDATA[

REGISTER sip:${domain} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport
From: <sip:${user}@${domain}>;tag=[pid]r[call_number]
To: <sip:${user}@${domain}>
Call-ID: [call_id]
CSeq: ${sequence} REGISTER
Max-Forwards: 70
Contact: <sip:${user}@192.0.2.44:5060;transport=[transport];line=[local_ip]>;expires=300
${signIn}Content-Length: 0

]]></send>`
  return scenario(`
${request(1, '')}
<recv response="200" optional="true" next="in"/>
<recv response="401" auth="true"/>
${request(2, `[authentication username=${user} password=${password}]\n`)}
<recv response="200" optional="true" next="in"/>
<recv response="401">${telling('refused')}</recv>
<pause milliseconds="3600000"/>
<label id="in"/>
<nop>${telling('registered')}</nop>
<pause milliseconds="3600000"/>`)
}

export function notifyScenario(manner: Manner, account: Account): string {
  const turns: Readonly<Record<Manner, string>> = {
    willing: notify + answer('200 OK') + heard,
    unwilling: notify + answer('489 Bad Event') + heard,
    unfit: notify + answer('481 Subscription Does Not Exist') + heard,
    deaf: `${notify}${heard}<pause milliseconds="3600000"/>`,
    slow: `${notify}<pause milliseconds="800"/>${answer('200 OK')}${heard}`,
    asking: asking(account),
  }
  return scenario(turns[manner])
}

const readEvent = '<ereg regexp="check-sync.*" search_in="hdr" header="Event:" assign_to="event"/>'
const notify = `<recv request="NOTIFY"><action>${readEvent}</action></recv>`
/** Told of after the answer, so that a phone that restarts then has given it. */
const heard = '<nop><action><log message="heard [$event]"/></action></nop>'

function asking({ user, password }: Account): string {
  const nonce = '47ebe028cda119c35d4877b383027d28da013815'
  const ask = answer(
    '401 Unauthorized',
    `WWW-Authenticate: Digest realm="PolycomSPIP", nonce="${nonce}", algorithm=MD5\n`,
  )
  return `<recv request="NOTIFY"/>
<label id="ask"/>
${ask}
<recv request="NOTIFY" test="ok" next="good"><action>
<verifyauth assign_to="ok" username="${user}" password="${password}"/>
${readEvent}</action></recv>
<nop next="ask">${telling('refused')}</nop>
<label id="good"/>
${answer('200 OK')}${heard}`
}

function answer(status: string, more = ''): string {
  return `<send><![CDATA[

SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]n[call_number]
[last_Call-ID:]
[last_CSeq:]
${more}Content-Length: 0

]]></send>`
}

function telling(what: string): string {
  return `<action><log message="${what}"/></action>`
}

function scenario(turns: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="phone">${turns}\n</scenario>\n`
}
