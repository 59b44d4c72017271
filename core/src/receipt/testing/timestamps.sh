#!/bin/sh
# Makes the values of timestamps.ts with OpenSSL 3: tokens over the checkpoint of world.ts, as receipts carry them. Run once; the file
# is kept for ever. Usage: sh timestamps.sh < CHECKPOINT_TEXT (prints JSON)
set -eu
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cat > "$work/message"
cd "$work"
exec 3>&1 >/dev/null 2>log

printf '[d]\n[tsa]\ndefault_tsa=t\n[t]\nserial=./serial\ncrypto_device=builtin\ndefault_policy=1.2.3.4\ndigests=sha256\n' > tsa.cnf
printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' > root.ext
printf 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n' > tsa.ext
echo 01 > serial
printf 'other\n' > other

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"; }
root() { key "$1"; openssl x509 -req -in "$1.csr" -signkey "$1.key" -extfile root.ext -days 36500 -out "$1.pem"; }
signer() { key "$1"; openssl x509 -req -in "$1.csr" -CA root.pem -CAkey root.key -set_serial "$2" -extfile tsa.ext -days "$3" -out "$1.pem"; }
stamp() {
  openssl ts -query -data "$3" -sha256 -cert -out q
  openssl ts -reply -config tsa.cnf -queryfile q -signer "$2.pem" -inkey "$2.key" -sha256 -token_out -out "$1.token"
  printf '%s' "$(base64 -w0 < "$1.token")"
}
certificate() { openssl x509 -in "$1.pem" -outform DER | base64 -w0; }

root root
root stranger
signer tsa 2 36500
printf '{\n  "root": "%s",\n  "stranger": "%s",\n  "good": "%s",\n  "otherBytes": "%s"\n}\n' \
  "$(certificate root)" "$(certificate stranger)" "$(stamp good tsa message)" "$(stamp other tsa other)" >&3
