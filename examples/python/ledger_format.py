"""Bytes, hashes and signatures, from docs/formats/ (canonical-json, record, submission)."""
import calendar
import hashlib
import json
import secrets
import time

from coincurve import PrivateKey
from Crypto.Hash import keccak

SUITE = "eip712-secp256k1"


def canonical(value):
    """RFC 8785 with integers only: what is hashed, as bytes in UTF-8."""
    return _text(value).encode("utf-8")


def _text(value):
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{_text(name)}:{_text(value[name])}" for name in names) + "}"


def sha256(data):
    return hashlib.sha256(data).digest()


def keccak256(data):
    return keccak.new(digest_bits=256, data=data).digest()


def leaf_hash(value):
    """Leaf of the log, of a submission and of the figures of a record (RFC 9162)."""
    return sha256(b"\x00" + canonical(value))


def root_of(leaves):
    """Root of a tree over leaf hashes (RFC 9162 section 2.1.1)."""
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + root_of(leaves[:left]) + root_of(leaves[left:]))


def record_id(record):
    return "rec:" + leaf_hash(record).hex()


def new_figures(figures):
    """Private figures with 16 random bytes of salt each, in the order of their leaves."""
    return [{"name": name, "salt": secrets.token_hex(16), **figures[name]} for name in sorted(figures)]


def new_record(record_type, issuer, subject, content, figures, cites=()):
    return {
        "schema": "carbon-ledger/record/v1",
        "type": record_type,
        "kind": record_type,
        "issuer": issuer,
        "subject": subject,
        "version": 1,
        "cites": [
            {"role": role, "record": record_id(cited), "key": business_key(cited)} for role, cited in cites
        ],
        "documents": [],
        "totals": {},
        "figuresRoot": root_of([leaf_hash(figure) for figure in figures]).hex() if figures else None,
        "content": content,
    }


def business_key(record):
    subject = record["subject"]
    return "/".join([subject["uscc"], subject["unit"], subject["period"], record["kind"]])


def unix_seconds(instant):
    return calendar.timegm(time.strptime(instant, "%Y-%m-%dT%H:%M:%SZ"))


# ---- EIP-712 ----------------------------------------------------------------------------------------------------
DOMAIN_TYPE = b"EIP712Domain(string name,string version,bytes32 salt)"
SUBMISSION_TYPE = b"Submission(string party,bytes32 recordsRoot,uint64 recordCount,uint64 signedAt)"
SESSION_TYPE = b"Session(string party,string audience,bytes32 nonce)"


def _text_word(text):
    return keccak256(text.encode("utf-8"))


def _number_word(number):
    return number.to_bytes(32, "big")


def _typed_digest(ledger, type_of_message, *words):
    name, version = _text_word("CarbonAuditLedger"), _text_word("1")
    domain = keccak256(keccak256(DOMAIN_TYPE) + name + version + bytes.fromhex(ledger))
    return keccak256(b"\x19\x01" + domain + keccak256(keccak256(type_of_message) + b"".join(words)))


def submission_digest(ledger, party, root, count, signed_at):
    words = _text_word(party), root, _number_word(count), _number_word(unix_seconds(signed_at))
    return _typed_digest(ledger, SUBMISSION_TYPE, *words)


def session_digest(ledger, party, audience, nonce):
    return _typed_digest(ledger, SESSION_TYPE, _text_word(party), _text_word(audience), bytes.fromhex(nonce))


class Signer:
    """A secp256k1 key of a party. In production it comes from a keystore or a device, never from a rule that all know."""

    def __init__(self, private_key):
        self._key = PrivateKey(private_key)
        self.key_id = address_of(self._key.public_key.format(compressed=False))
        self.suite = SUITE

    @classmethod
    def of_trial_party(cls, party):
        return cls(sha256(f"carbon-ledger trial key v1|{party}".encode("utf-8")))

    def sign(self, digest):
        signature = self._key.sign_recoverable(digest, hasher=None)
        return "0x" + (signature[:64] + bytes([27 + signature[64]])).hex()


def address_of(public_key):
    return "0x" + keccak256(public_key[1:])[12:].hex()
