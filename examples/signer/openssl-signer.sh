#!/bin/sh
# A signer for `carbon-ledger --signer`, made of OpenSSL alone. KEY names a private key as OpenSSL takes it: a PEM file with secp256k1 or SM2. For a key
# in a token: pkcs11-signer.sh.
#   key          prints "secp256k1 04…" or "sm2 04…", the uncompressed public key
#   sign 0x…     prints the signature over the 32 bytes, DER in hex
set -eu
: "${KEY:?names the private key}"

hex() { od -An -v -tx1 | tr -d ' \n'; }
# Octal escapes are all that printf of every shell knows.
bytes() { printf "$(octal "${1#0x}")"; }
octal() {
  rest=$1
  while [ -n "$rest" ]; do
    printf '\\%03o' "0x$(printf '%.2s' "$rest")"
    rest=${rest#??}
  done
}
curve() { openssl pkey -in "$KEY" -noout -text 2>/dev/null | sed -n 's/^ASN1 OID: *//p'; }

case $(curve) in
  secp256k1) suite=secp256k1 ;;
  SM2) suite=sm2 ;;
  *) echo "KEY is neither secp256k1 nor SM2" >&2; exit 1 ;;
esac

case ${1-} in
  key) printf '%s %s\n' "$suite" "$(openssl pkey -in "$KEY" -pubout -outform DER | tail -c 65 | hex)" ;;
  sign)
    message=$(mktemp)
    trap 'rm -f "$message"' EXIT
    bytes "$2" >"$message"
    # secp256k1 signs the digest as it is; SM2 hashes it once more with SM3 and the signer's default id (GB/T 32918.2).
    if [ "$suite" = sm2 ]; then
      openssl pkeyutl -sign -inkey "$KEY" -rawin -digest sm3 -pkeyopt distid:1234567812345678 -in "$message" | hex
    else
      openssl pkeyutl -sign -inkey "$KEY" -in "$message" | hex
    fi
    ;;
  *) echo "usage: KEY=… $0 key | sign 0x…" >&2; exit 2 ;;
esac
