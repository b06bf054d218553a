#!/usr/bin/env bash
# Installs the Debian packages whose programs the tests talk to, as far as they are missing. Run again, it does nothing.
# Nothing is started: a package that brings a server must not begin to listen because a test wants its program.
set -euo pipefail

# program or file of it, package
needed='
tftp       tftp-hpa
atftp      atftp
curl       curl
openssl    openssl
busybox    busybox
nginx      nginx-light
dnsmasq    dnsmasq-base
kea-dhcp4  kea-dhcp4-server
dhcpd      isc-dhcp-server
kamailio   kamailio
/usr/lib/*/kamailio/modules/tls.so          kamailio-tls-modules
/usr/lib/*/kamailio/modules/db_sqlite.so    kamailio-sqlite-modules
/usr/lib/*/kamailio/modules/db_postgres.so  kamailio-postgres-modules
sipp       sip-tester
baresip    baresip-core
/usr/lib/postgresql/*/bin/initdb            postgresql
chromium   chromium
ip         iproute2
fail2ban-regex   fail2ban
systemd-analyze  systemd
'

PATH="$PATH:/usr/sbin:/sbin"
missing=()
while read -r program package; do
  [ -z "$program" ] || command -v "$program" >/dev/null || compgen -G "$program" >/dev/null || missing+=("$package")
done <<<"$needed"
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "The tests need programs of these packages: ${missing[*]}" >&2
  exit 1
fi
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
fi

echo "Installing ${missing[*]} for the tests …"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
