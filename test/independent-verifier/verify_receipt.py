#!/usr/bin/env python3
# Second verifier of receipt.v1, written from docs/formats/ alone: it shares no code with the first.
#
# Usage: verify_receipt.py --golden FOLDER      answers every case of FOLDER/index.json, one JSON line each
#        verify_receipt.py --lines POLICY         answers every line of standard input, a receipt in base64
#        verify_receipt.py --policies             says of every line of standard input, in base64, whether it is a policy
#        verify_receipt.py RECEIPT POLICY [DOCUMENT]
# Needs Python 3.9 and the package `cryptography` (Ed25519).
import base64, calendar, json, re, sys, time, unicodedata, zlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from signatures import Refused, check, keccak256, root_from_path, sha256, signed_by_address, signed_by_sm2, sm3

# ---- canonical JSON (RFC 8785, integers only) -------------------------------------------------------------------
def canonical(value):
    if value is None or isinstance(value, (bool, str)): return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and abs(value) < 2**53: return str(value)
    if isinstance(value, list): return "[" + ",".join(map(canonical, value)) + "]"
    check(isinstance(value, dict) and "__proto__" not in value, "PROOF_MALFORMED")
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"

# ---- packed files (docs/formats/packing.md) ---------------------------------------------------------------------
DICTIONARY = Path(__file__).parents[2] / "core/src/packing/dictionary-1.json"
DIGITS = {"\1": 64, "\2": 32, "\3": 40, "\4": 128, "\5": 130}

def unpack(data, most):
    words = "".join(json.loads(DICTIONARY.read_bytes())).encode()
    check(10 < len(data) <= most // 4, "PROOF_MALFORMED" if len(data) <= 10 else "PROOF_OVERSIZED")
    check(data[2:6] == zlib.adler32(words).to_bytes(4, "big"), "UNSUPPORTED_VERSION")
    stream = zlib.decompressobj(zdict=words)
    try:
        content = stream.decompress(data, most + 1)
        check(len(content) <= most, "PROOF_OVERSIZED")
        template, end, hashes = content.partition(b"\0")
        text = template.decode("utf-8")
    except (zlib.error, ValueError):
        raise Refused("PROOF_MALFORMED") from None
    digits = iter(re.findall("..", hashes.hex()))
    text = re.sub("[\1-\5]", lambda marker: "".join(next(digits, "?") for _ in range(DIGITS[marker[0]] // 2)), text)
    check(stream.eof and not stream.unused_data and end and next(digits, None) is None, "PROOF_MALFORMED")
    return text.encode("utf-8")

is_packed = lambda data: data[:1] == b"\x78" and len(data) > 1 and data[1] & 32 and int.from_bytes(data[:2], "big") % 31 == 0

# No value may lie deeper than 64 lists and objects.
def is_deep(text):
    depth = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        if depth > 64: return True
    return False

def parse(data, most=256 * 1024):
    data = unpack(data, most) if is_packed(data) else data
    check(len(data) <= most, "PROOF_OVERSIZED")
    try:
        check(not is_deep(data.decode("utf-8")), "PROOF_MALFORMED")
        value = json.loads(text := data.decode("utf-8"))
        same = canonical(value) == text  # also rules out duplicate keys, white space, other spellings
    except (ValueError, RecursionError):
        raise Refused("PROOF_MALFORMED") from None
    check(same, "PROOF_MALFORMED")
    return value

# ---- hashes ----------------------------------------------------------------------------------------------------
leaf_hash = lambda record: sha256(b"\x00" + canonical(record).encode("utf-8"))

# ---- shape of a receipt: every field, and no other -----------------------------------------------------------
# A spec is a pattern, a (low, high) pair, a [list of, at most], a {dict with} these names (`?`: may be missing), or a reader.
def shape(value, spec):
    if callable(spec): return spec(value)
    if isinstance(spec, list):
        check(isinstance(value, list) and len(value) <= spec[1], "PROOF_MALFORMED")
        return [shape(item, spec[0]) for item in value]
    if isinstance(spec, dict):
        required, known = {name for name in spec if name[-1] != "?"}, {name.rstrip("?"): spec[name] for name in spec}
        check(isinstance(value, dict) and required <= set(value) <= set(known), "PROOF_MALFORMED")
        return {name: shape(value[name], known[name]) for name in value}
    fits = re.fullmatch(spec, value, re.S | re.A) if isinstance(spec, str) and isinstance(value, str) else (
        isinstance(spec, tuple) and type(value) is int and spec[0] <= value <= spec[1])
    check(fits, "PROOF_MALFORMED")
    return value

def number(value):
    check((result := int(shape(value, "0|[1-9][0-9]{0,19}"))) < 2**64, "PROOF_MALFORMED")
    return result

def decode(value, code="PROOF_MALFORMED"):
    try:
        raw = base64.b64decode(value, validate=True)
    except (ValueError, TypeError):
        raise Refused(code) from None
    check(base64.b64encode(raw).decode() == value, code)
    return raw

def token(value):
    check(len(raw := decode(value)) <= 16 * 1024, "PROOF_MALFORMED")
    return raw

def path(value, most=64):
    raw = decode(value)
    check(len(raw) % 32 == 0 and len(raw) <= most * 32, "PROOF_MALFORMED")
    return [raw[at : at + 32] for at in range(0, len(raw), 32)]

INSTANT = r"(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"
def is_instant(value):
    found = isinstance(value, str) and re.fullmatch(INSTANT, value, re.A)
    return found and int(found[3]) <= calendar.monthrange(int(found[1]), int(found[2]))[1]

def instant(value):
    check(is_instant(value), "PROOF_MALFORMED")
    return value, calendar.timegm(time.strptime(value, "%Y-%m-%dT%H:%M:%SZ"))

# Texts are measured in characters (Unicode code points).
def upto(most, least=0):
    def read(value):
        check(isinstance(value, str) and least <= len(value) <= most, "PROOF_MALFORMED")
        return value
    return read

def is_map(value, most=400):
    check(isinstance(value, dict) and len(value) <= most, "PROOF_MALFORMED")
    return value

def each(spec, names=".*", most=1 << 20):
    return lambda value: {shape(name, names): shape(item, spec) for name, item in is_map(value, most).items()}

USCC, ANY, SUITES, LETTERS = "[0-9A-Z]{18}", ".*", ("eip712-secp256k1", "sm2-sm3"), "0123456789ABCDEFGHJKLMNPQRTUWXY"
nullable = lambda spec: lambda value: None if value is None else shape(value, spec)
DOCUMENT = {
    "role": upto(40), "name": upto(200), "mediaType": upto(100), "size": "0|[1-9][0-9]{0,14}",
    "sha256": "sha256:[0-9a-f]{64}", "sm3": "sm3:[0-9a-f]{64}",
    "cells?": {"root": "[0-9a-f]{64}", "count": "[1-9][0-9]{0,6}"}}
RECORD = {
    "schema": "carbon-ledger/record/v1", "type": upto(60), "issuer": USCC, "kind": upto(120), "version": (1, 9999),
    "subject": {"uscc": USCC, "unit": upto(40), "period": upto(7)}, "readers?": [USCC, 20], "documents": [DOCUMENT, 200],
    "cites": [{"role": upto(40), "record": "rec:[0-9a-f]{64}", "key": upto(160)}, 400], "content": is_map,
    "totals": each({"value": upto(80), "unit": upto(40), "formula?": upto(120)}, most=400), "figuresRoot": nullable("[0-9a-f]{64}")}
SUBMISSION = {
    "party": USCC, "keyId": "0x[0-9a-f]{40}|sm2:[0-9a-f]{64}", "suite": "|".join(SUITES), "signedAt": instant, "path": path,
    "signature": "0x[0-9a-f]{2,400}", "recordCount": (1, 1000), "recordIndex": (0, 999)}
ANCHOR = {"chainId": "[1-9][0-9]{0,19}", "contract": "0x[0-9a-f]{40}", "transaction": "0x[0-9a-f]{64}"}
RECEIPT = {
    "schema": ANY, "ledger": "[0-9a-f]{64}", "record": RECORD, "submission": SUBMISSION, "logIndex": number, "path": path,
    "signer": {"record": RECORD, "logIndex": number, "path": path}, "checkpoint": upto(32768), "txId": "[0-9a-f]{64}",
    "blockNumber": number, "policyId": "pol:[0-9a-f]{64}", "timestamp?": token, "anchor?": ANCHOR}

def read_receipt(data):
    value = parse(data)
    check(isinstance(value, dict) and isinstance(value.get("schema"), str), "PROOF_MALFORMED")
    check(value["schema"] == "carbon-ledger/receipt/v1", "UNSUPPORTED_VERSION")
    receipt = shape(value, RECEIPT)
    receipt["record"], receipt["signer"]["record"] = value["record"], value["signer"]["record"]  # as written: it is hashed
    receipt["note"] = read_note(receipt["checkpoint"])
    return receipt

# ---- signed notes, checkpoints, cosignatures (C2SP) -------------------------------------------------------------
CONTROLS, LINE, BLANKS = "[\0-\x09\x0b-\x1f]", "\u2014 ([^ ]+) ([^ ]+)", "\t\n\v\f\r\ufeff"
def is_key_name(name):
    return not any(one in "+" + BLANKS or unicodedata.category(one)[0] == "Z" or unicodedata.category(one) == "Cc" for one in name)

def read_note(note):
    code = "CHECKPOINT_MALFORMED"
    text, blank, rest = note.rpartition("\n\n")
    check(upto(32768)(note) and not re.search(CONTROLS, note) and text and rest.endswith("\n"), code)
    check(len(found := rest[:-1].split("\n")) <= 64, code)
    lines = []
    for line in found:
        check((parts := re.fullmatch(LINE, line)) and is_key_name(parts[1]), code)
        check(len(raw := decode(parts[2], code)) > 4, code)
        lines.append((parts[1], raw[:4], raw[4:]))
    body = text.split("\n")
    check(len(body) == 3 and body[0] and re.fullmatch("0|[1-9][0-9]{0,19}", body[1]) and int(body[1]) < 2**64, code)
    check(len(root := decode(body[2], code)) == 32, code)
    return {"text": text + "\n", "lines": lines, "origin": body[0], "size": int(body[1]), "root": root}

def read_vkey(vkey):
    name, key_id, material = check(vkey.count("+") >= 2, "PROOF_MALFORMED") or vkey.split("+", 2)
    raw = decode(material)
    check(is_key_name(name) and len(raw) > 1 and sha256(name.encode() + b"\n" + raw)[:4].hex() == key_id, "PROOF_MALFORMED")
    check(raw[0] not in (1, 4) or len(raw) == 33, "PROOF_MALFORMED")
    return {"name": name, "id": bytes.fromhex(key_id), "type": raw[0], "key": raw[1:]}

# ---- policy: what a verifier pins. Any JSON text will do; what it asks for must be understood, or nothing is said ----
def once(pairs):
    if len(names := dict(pairs)) != len(pairs) or "__proto__" in names: raise Refused("BAD_JSON")
    return names

def not_integer(_): raise Refused("BAD_JSON")

def integer(digits):
    check(re.fullmatch("0|-?[1-9][0-9]{0,15}", digits) and abs(int(digits)) < 2**53, "BAD_JSON")
    return int(digits)

def policy_text(data):
    check(len(data) <= 64 * 1024, "TOO_LARGE")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("BAD_ENCODING") from None
    check(not is_deep(text), "BAD_JSON")
    try:
        value = json.loads(text, object_pairs_hook=once, parse_int=integer, parse_float=not_integer, parse_constant=not_integer)
        canonical(value).encode("utf-8")
        return value
    except ValueError:  # also a lone surrogate
        raise Refused("BAD_JSON") from None

ROOT = lambda value: check(len(decode(value)) <= 8192, "PROOF_MALFORMED") or value
SIZE = lambda value: check(number(value) >= 0, "PROOF_MALFORMED") or value
POLICY = {"schema": ".*", "ledgerId": "[0-9a-f]{64}", "origin": r"\S{1,200}", "logKey": ".{0,300}", "witnesses": [".{0,300}", 32],
          "retiredLogKeys?": [{"logKey": ".{0,300}", "size": SIZE}, 64], "quorum": (0, 32), "timestampRoots?": [ROOT, 8],
          "anchor?": {"chainId": "[1-9][0-9]{0,19}", "contract": "0x[0-9a-f]{40}"}}
EARLIER = {"earlier": {"ledgerId": "[0-9a-f]{64}", "size": SIZE}}

# Every key that the log has had, with the smallest and the largest size that it may sign.
def log_keys(policy):
    turns = [*policy.get("retiredLogKeys", []), {**policy, "size": 2**64}]
    sizes = [0, *(int(one["size"]) for one in turns)]
    return [(read_vkey(one["logKey"]), *sizes[at : at + 2]) for at, one in enumerate(turns)]

# @raise Refused: a policy that is not understood, whole, is none
def read_policy(data):
    value = policy_text(data)
    schema = value.get("schema") if isinstance(value, dict) else None
    check(isinstance(schema, str), "PROOF_MALFORMED")
    check(schema in ("carbon-ledger/policy/v1", "carbon-ledger/policy/v2"), "UNSUPPORTED_VERSION")
    shape(value, {**POLICY, **(EARLIER if schema.endswith("2") else {})})
    logs, witnesses = log_keys(value), [read_vkey(vkey) for vkey in value["witnesses"]]
    check(all(key["type"] == 1 and key["name"] == value["origin"] and low <= high for key, low, high in logs), "PROOF_MALFORMED")
    check(len({key["key"] for key, _, _ in logs}) == len(logs), "PROOF_MALFORMED")
    check(all(one["type"] == 4 for one in witnesses) and value["quorum"] <= len(witnesses), "PROOF_MALFORMED")
    return value

# Public keys that signed, each once. A wrong signature of a known key refuses the whole note.
def signed_note(note, keys):
    verified = set()
    for name, key_id, signature in note["lines"]:
        for key in keys:
            if (key["name"], key["id"]) != (name, key_id): continue
            message = note["text"].encode()
            if key["type"] == 4:
                stamp, signature = signature[:8], signature[8:]
                check(stamp < b"\x80", "CHECKPOINT_SIGNATURE_INVALID")
                message = b"cosignature/v1\ntime %d\n" % int.from_bytes(stamp, "big") + message
            try:
                Ed25519PublicKey.from_public_bytes(key["key"]).verify(signature, message)
            except InvalidSignature:
                raise Refused("CHECKPOINT_SIGNATURE_INVALID") from None
            verified.add((key["type"], key["key"]))
    return verified

# ---- the checks, in the order of docs/formats/receipt.md --------------------------------------------------------
def check_document(record, document):
    digests = "sha256:" + sha256(document).hex(), "sm3:" + sm3(document).hex()
    check(any((named["sha256"], named["sm3"]) == digests for named in record["documents"]), "DOCUMENT_MISMATCH")

def check_expected(record, expected):
    key = "/".join([*(record["subject"][part] for part in ("uscc", "unit", "period")), record["kind"]])
    found = {"type": record["type"], "key": key, "recordId": "rec:" + leaf_hash(record).hex()}
    check(expected.get("issuer", record["issuer"]) == record["issuer"], "ISSUER_MISMATCH")
    check(all(expected.get(name, value) == value for name, value in found.items()), "RECORD_MISMATCH")

def is_key(key):
    texts = isinstance(key, dict) and key.get("suite") in SUITES and (key.get("id"), key.get("publicKey", ""))
    times = texts and all(isinstance(text, str) for text in texts) and is_instant(key.get("validFrom"))
    return times and (key.get("validTo", 0) is None or is_instant(key.get("validTo")))

def check_signature(ledger, submission, party, root_of):
    check(party["type"] == "party" and party["subject"]["uscc"] == submission["party"], "KEY_UNKNOWN")
    keys = party["content"].get("keys")
    keys = [key for key in keys if is_key(key) and key["id"] == submission["keyId"]] if isinstance(keys, list) else []
    check(key := next(iter(keys), None), "KEY_UNKNOWN")
    check(key["suite"] == submission["suite"], "SIGNATURE_INVALID")
    domain = [b"EIP712Domain(string name,string version,bytes32 salt)", b"CarbonAuditLedger", b"1"]
    salted = keccak256(b"".join(map(keccak256, domain)) + bytes.fromhex(ledger))
    struct = keccak256(b"Submission(string party,bytes32 recordsRoot,uint64 recordCount,uint64 signedAt)")
    struct += keccak256(submission["party"].encode()) + root_of()
    struct += b"".join(n.to_bytes(32, "big") for n in (submission["recordCount"], submission["signedAt"][1]))
    digest = keccak256(b"\x19\x01" + salted + keccak256(struct))
    signed = signed_by_sm2 if key["suite"] == "sm2-sm3" else signed_by_address
    check(signed(digest, submission["signature"], key["id"], key.get("publicKey", "")), "SIGNATURE_INVALID")
    return key

def check_window(key, submission, party):
    check(key["validFrom"] <= submission["signedAt"][0] < ("~" if key["validTo"] is None else key["validTo"]), "KEY_NOT_VALID")
    check(party["content"].get("status") == "active", "PARTY_SUSPENDED")

# Places in the log; the founder alone registers itself.
def check_registered(signer, record): check(signer < record or signer == record == 0, "KEY_NOT_VALID")

def check_party(receipt):
    record, submission, party = receipt["record"], receipt["submission"], receipt["signer"]["record"]
    check(submission["party"] == record["issuer"], "ISSUER_MISMATCH")
    place, count = submission["recordIndex"], submission["recordCount"]
    root = lambda: root_from_path(leaf_hash(record), place, count, submission["path"], "SIGNATURE_INVALID")
    check_window(check_signature(receipt["ledger"], submission, party, root), submission, party)
    check_registered(receipt["signer"]["logIndex"], receipt["logIndex"])

def check_log(receipt):
    note, signer = receipt["note"], receipt["signer"]
    root = root_from_path(leaf_hash(receipt["record"]), receipt["logIndex"], note["size"], receipt["path"], "INCLUSION_INVALID")
    other = root_from_path(leaf_hash(signer["record"]), signer["logIndex"], note["size"], signer["path"], "SIGNER_UNPROVED")
    check(root == note["root"], "ROOT_MISMATCH")
    check(other == note["root"], "SIGNER_UNPROVED")

def check_checkpoint(note, policy):
    check(note["origin"] == policy["origin"], "CHECKPOINT_ORIGIN_MISMATCH")
    logs, witnesses = log_keys(policy), [read_vkey(vkey) for vkey in policy["witnesses"]]
    verified = signed_note(note, [key for key, low, high in logs if low <= note["size"] <= high] + witnesses)
    check(any(kind == 1 for kind, _ in verified), "CHECKPOINT_UNSIGNED")
    cosigned = {key for kind, key in verified if kind == 4} - {key["key"] for key, _, _ in logs}
    return ["witnesses"] if len(cosigned) < policy["quorum"] else []

# The ledger that a party signed for: the first records of a log may come from an earlier ledger (policy/v2).
def signed_for(policy, index):
    return (policy["earlier"] if index < int(policy.get("earlier", {}).get("size", 0)) else policy)["ledgerId"]

# (result, code, missing): PASS, FAIL with its code, or PENDING with what is missing.
def verify(data, policy, document=None, expected=None):
    try:
        receipt = read_receipt(data)
        if document is not None: check_document(receipt["record"], document)
        check_expected(receipt["record"], expected or {})
        check(receipt["ledger"] == signed_for(policy, receipt["logIndex"]), "WRONG_LEDGER")
        check_party(receipt)
        check_log(receipt)
        missing = check_checkpoint(receipt["note"], policy)
    except Refused as refused:
        return "FAIL", refused.args[0], []
    beyond = {"timestamp": "timestampRoots", "anchor": "anchor"}  # X.509 and other chains are not for this small program
    missing += [name for name, wanted in beyond.items() if wanted in policy]
    return ("PENDING", None, missing) if missing else ("PASS", None, [])

def golden(folder):
    for case in json.loads((folder / "index.json").read_bytes())["cases"]:
        receipt, policy = (folder / case["receipt"]).read_bytes(), read_policy((folder / case["policy"]).read_bytes())
        document = (folder / case["document"]).read_bytes() if "document" in case else None
        yield [case["name"], *verify(receipt, policy, document, case.get("expect"))]

# One line each: whether it is a policy, and if not, why.
def policies():
    for line in sys.stdin:
        try:
            read_policy(base64.b64decode(line))
            print(json.dumps(["POLICY", None]))
        except Refused as refused:
            print(json.dumps(["NO_POLICY", refused.args[0]]))

# One line each: [result, code].
def answers(verify, policy):
    policy = read_policy(Path(policy).read_bytes())
    for line in sys.stdin: print(json.dumps(verify(base64.b64decode(line), policy)[:2]))

def main(arguments):
    if arguments[0] == "--golden": return print("\n".join(map(json.dumps, golden(Path(arguments[1])))))
    if arguments[0] == "--lines": return answers(verify, arguments[1])
    if arguments[0] == "--policies": return policies()
    receipt, policy, *document = (Path(file).read_bytes() for file in arguments)
    try:
        pinned = read_policy(policy)
    except Refused as refused:
        return print(json.dumps(["NO_POLICY", refused.args[0]])) or 2
    print(json.dumps(answer := verify(receipt, pinned, *document)))
    return {"PASS": 0, "PENDING": 3}.get(answer[0], 1)

if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
