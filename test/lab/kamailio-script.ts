export interface ServerWish {
  readonly domain: string
  readonly port: number
  /** The database that accounts are read from: an address as Kamailio's modules write it. */
  readonly accounts: string
  /** Whoever sends a NOTIFY signs in: as a line of the accounts, or with this one account. */
  readonly challenge?: 'line' | { readonly user: string; readonly password: string }
  /** With TLS, on a port of its own. */
  readonly tls?: { readonly port: number; readonly certificate: string; readonly key: string }
  /** By SHA-256 the phones of SIPp cannot sign in, so then everybody registers as he says he is. */
  readonly algorithm?: 'MD5' | 'SHA-256'
  /** How long a phone that does not answer is waited for, in milliseconds. */
  readonly patience?: number
}

/** What the script tells of: one line each, in fields that hold no bar. */
export const mark = 'LAB|'

/**
 * A registrar and proxy as a company's may be. It takes who may register from the accounts, keeps in memory where a
 * phone is (behind NAT: where it was seen), and hands a NOTIFY for a line to all who are registered for it.
 */
export function kamailioScript(wish: ServerWish): string {
  const { domain, port, accounts, tls, algorithm = 'MD5', patience = 1500 } = wish
  const tell = (what: string, detail: string) =>
    `xlog("L_NOTICE", "${mark}${what}|$tU|${detail}|$ci|$proto|$si:$sp\\n");`
  const isSha = algorithm === 'SHA-256'
  return `#!KAMAILIO
debug=1
log_stderror=yes
exit_timeout=1
fork=yes
children=1
tcp_children=1
auto_aliases=no
alias="${domain}"
dns=no
rev_dns=no
server_signature=no
listen=udp:127.0.0.1:${port}
listen=tcp:127.0.0.1:${port}
${tls ? `enable_tls=yes\nlisten=tls:127.0.0.1:${tls.port}` : ''}
${modules(accounts, tls !== undefined)}
modparam("usrloc", "db_mode", 0)
modparam("registrar", "received_avp", "$avp(received)")
modparam("nathelper", "received_avp", "$avp(received)")
modparam("tm", "fr_timer", ${patience})
modparam("auth", "algorithm", "${algorithm}")
modparam("auth_db", "db_url", "${accounts}")
modparam("auth_db", "calculate_ha1", 0)
modparam("auth_db", "password_column", "${isSha ? 'ha1_sha256' : 'ha1'}")
modparam("auth_db", "use_domain", 1)
${tls ? `modparam("tls", "certificate", "${tls.certificate}")\nmodparam("tls", "private_key", "${tls.key}")\nmodparam("tls", "tls_method", "TLSv1.2+")` : ''}

event_route[core:worker-one-init] { ${tell('ready', '')} }

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("REGISTER")) { route(REGISTER); exit; }
  if (t_precheck_trans()) { t_check_trans(); exit; }
  t_check_trans();
  if (!is_method("NOTIFY")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  ${tell('notify', '$hdr(Event)')}
  ${challenge(wish, tell)}
  if (!lookup("location")) { ${tell('absent', '404')} sl_send_reply("404", "Not Found"); exit; }
  add_local_rport();
  t_on_branch("PHONE");
  t_on_reply("PHONE");
  t_on_failure("PHONE");
  if (!t_relay()) sl_reply_error();
}

route[REGISTER] {
  ${isSha ? '' : registering(tell)}
  fix_nated_register();
  if (!save("location")) { sl_reply_error(); exit; }
  ${tell('registered', '$ct')}
}

branch_route[PHONE] { ${tell('relayed', '$du')} }
onreply_route[PHONE] { ${tell('answered', '$rs')} }
failure_route[PHONE] { ${tell('failed', '$T_reply_code')} }
`
}

function modules(accounts: string, tls: boolean): string {
  const database = accounts.startsWith('sqlite:') ? 'db_sqlite' : 'db_postgres'
  const core = ['corex', 'tm', 'tmx', 'sl', 'pv', 'maxfwd', 'usrloc', 'registrar', 'nathelper']
  const rest = ['textops', 'siputils', 'xlog', 'auth', database, 'auth_db', ...(tls ? ['tls'] : [])]
  return [...core, ...rest].map((name) => `loadmodule "${name}.so"`).join('\n')
}

type Tell = (what: string, detail: string) => string

/** A first request without a sign-in is asked for one; a wrong one is asked again, and told of. */
function registering(tell: Tell): string {
  return `$var(result) = www_authenticate("$td", "subscriber");
  if ($var(result) == 1 && $au != $tU) { sl_send_reply("403", "Forbidden"); exit; }
  if ($var(result) < 0) {
    if ($hdr(Authorization) != $null) { ${tell('refused', '401')} }
    auth_challenge("$td", "1");
    exit;
  }`
}

function challenge({ challenge, domain }: ServerWish, tell: Tell): string {
  if (challenge === undefined) return ''
  const check =
    challenge === 'line'
      ? `!proxy_authenticate("${domain}", "subscriber")`
      : `$au != "${challenge.user}" || !pv_proxy_authenticate("${domain}", "${challenge.password}", "0")`
  return `if (${check}) { ${tell('challenged', '407')} auth_challenge("${domain}", "17"); exit; }
  consume_credentials();`
}
