#!/bin/sh
# A signer for `carbon-ledger --signer`, made of OpenSC's pkcs11-tool: the key lies in a PKCS#11 token (smart card, USB token, HSM) and never leaves it.
#   MODULE       the token's PKCS#11 library, as /usr/lib/softhsm/libsofthsm2.so
#   KEY_ID       CKA_ID of the key pair in the token, in hex, as it was made (not its label, which pkcs11-tool passes over when it signs):
#                pkcs11-tool --module "$MODULE" --login --keypairgen --key-type EC:secp256k1 --label carbon --id 01 --usage-sign
#   TOKEN        label of the token, where several are there (optional)
#   PIN          of the token; asked for on the terminal where it is not set
# Answers, as a signer does:
#   key          prints "secp256k1 04…", the uncompressed public key
#   sign 0x…     prints the signature over the 32 bytes, r and s in hex (CKM_ECDSA: the digest is signed as it is)
# PKCS#11 has no mechanism for SM2: those tokens come with a vendor's own, for which the call of `token --sign` is to be changed.
set -eu
: "${MODULE:?names the PKCS#11 library of the token}"
: "${KEY_ID:?names the key in the token}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }
token() { pkcs11-tool --module "$MODULE" ${TOKEN:+--token-label "$TOKEN"} ${PIN:+--pin env:PIN} --id "$KEY_ID" "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }; }
# Octal escapes are all that printf of every shell knows.
octal() {
  rest=$1
  while [ -n "$rest" ]; do
    printf '\\%03o' "0x$(printf '%.2s' "$rest")"
    rest=${rest#??}
  done
}

case ${1-} in
  key)
    token --read-object --type pubkey --output-file "$work/key"
    # SubjectPublicKeyInfo (RFC 5480) of an uncompressed point on secp256k1 (1.3.132.0.10).
    case $(hex "$work/key") in
      3056301006072a8648ce3d020106052b8104000a03420004*) ;;
      *) echo "the key $KEY_ID is not on secp256k1" >&2; exit 1 ;;
    esac
    tail -c 65 "$work/key" >"$work/point"
    printf 'secp256k1 %s\n' "$(hex "$work/point")"
    ;;
  sign)
    printf "$(octal "${2#0x}")" >"$work/digest"
    token --login --sign --mechanism ECDSA --signature-format rs --input-file "$work/digest" --output-file "$work/signature"
    hex "$work/signature"
    ;;
  *) echo "usage: MODULE=… KEY_ID=… $0 key | sign 0x…" >&2; exit 2 ;;
esac
