"""Verifies a receipt with the pinned policy alone, from docs/formats/receipt.md. Needs no service."""
import base64

from coincurve import PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger_format import SUITE, address_of, leaf_hash, sha256, submission_digest


class ReceiptRefused(Exception):
    """Its argument is a code of docs/errors.md."""


def _check(holds, code):
    if not holds:
        raise ReceiptRefused(code)


def _path(text):
    raw = base64.b64decode(text, validate=True)
    return [raw[at : at + 32] for at in range(0, len(raw), 32)]


def root_from_path(leaf, index, size, path):
    """RFC 9162 section 2.1.3.2, for a path of exactly the length that index and size ask for."""
    _check(0 <= index < size, "INCLUSION_INVALID")
    inner = (index ^ (size - 1)).bit_length()
    _check(len(path) == inner + bin(index >> inner).count("1"), "INCLUSION_INVALID")
    for level, sibling in enumerate(path):
        is_right = level >= inner or index >> level & 1
        leaf = sha256(b"\x01" + (sibling + leaf if is_right else leaf + sibling))
    return leaf


def _signed_by(digest, signature, key_id):
    raw = bytes.fromhex(signature[2:])
    _check(len(raw) == 65 and raw[64] in (27, 28), "SIGNATURE_INVALID")
    public = PublicKey.from_signature_and_message(raw[:64] + bytes([raw[64] - 27]), digest, hasher=None)
    _check(address_of(public.format(compressed=False)) == key_id, "SIGNATURE_INVALID")


def _verify_submission(receipt):
    submission, record, signer = receipt["submission"], receipt["record"], receipt["signer"]["record"]
    _check(submission["party"] == record["issuer"], "ISSUER_MISMATCH")
    _check(signer["type"] == "party" and signer["subject"]["uscc"] == submission["party"], "KEY_UNKNOWN")
    keys = [key for key in signer["content"]["keys"] if key["id"] == submission["keyId"]]
    _check(keys and keys[0]["suite"] == submission["suite"] == SUITE, "KEY_UNKNOWN")
    path = _path(submission["path"])
    count = submission["recordCount"]
    root = root_from_path(leaf_hash(record), submission["recordIndex"], count, path)
    signed_at = submission["signedAt"]
    digest = submission_digest(receipt["ledger"], submission["party"], root, count, signed_at)
    _signed_by(digest, submission["signature"], submission["keyId"])
    valid_to = keys[0]["validTo"]
    _check(keys[0]["validFrom"] <= signed_at and (valid_to is None or signed_at < valid_to), "KEY_NOT_VALID")
    _check(signer["content"]["status"] == "active", "PARTY_SUSPENDED")


def _read_note(note):
    text, _, signatures = note.partition("\n\n")
    origin, size, root = (text + "\n").split("\n")[:3]
    return text + "\n", origin, int(size), base64.b64decode(root), signatures.strip().split("\n")


def _log_keys(policy, size):
    """Keys that may sign a log of this size: one that gave its place up to there, the next one from there on."""
    retired = policy.get("retiredLogKeys", [])
    sizes = [0, *(int(one["size"]) for one in retired), 2**64]
    return [one["logKey"] for at, one in enumerate([*retired, policy]) if sizes[at] <= size <= sizes[at + 1]]


def _signed_by_log(text, lines, log_keys):
    _check(any([_is_signed_by(text, lines, log_key) for log_key in log_keys]), "CHECKPOINT_UNSIGNED")


def _is_signed_by(text, lines, log_key):
    name, key_hash, key = log_key.split("+", 2)
    public = base64.b64decode(key)
    for line in lines:
        _, signer, signature = line.split(" ")
        raw = base64.b64decode(signature)
        if signer == name and raw[:4].hex() == key_hash:
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], text.encode("utf-8"))
            return True
    return False


def verify_receipt(receipt, policy):
    """Raises ReceiptRefused or InvalidSignature; answers what it takes for shown. Witnesses are not counted here."""
    _check(receipt["schema"] == "carbon-ledger/receipt/v1", "UNSUPPORTED_VERSION")
    _check(receipt["ledger"] == policy["ledgerId"], "WRONG_LEDGER")
    _verify_submission(receipt)
    text, origin, size, root, lines = _read_note(receipt["checkpoint"])
    _check(origin == policy["origin"], "CHECKPOINT_ORIGIN_MISMATCH")
    places = [(receipt["record"], receipt), (receipt["signer"]["record"], receipt["signer"])]
    for record, place in places:
        found = root_from_path(leaf_hash(record), int(place["logIndex"]), size, _path(place["path"]))
        _check(found == root, "ROOT_MISMATCH")
    _check(int(receipt["signer"]["logIndex"]) < int(receipt["logIndex"]), "KEY_NOT_VALID")
    _signed_by_log(text, lines, _log_keys(policy, size))
    return {"logIndex": int(receipt["logIndex"]), "logSize": size}
