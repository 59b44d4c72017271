#!/usr/bin/env python3
# Second verifier of figure-proof.v1, written from docs/formats/ alone; it takes hashes, keys and notes from the
# second verifier of receipts beside it, and computes every step of the figure anew in exact decimals.
#
# Usage: verify_proof.py --golden FOLDER        answers every case of FOLDER/index.json, one JSON line each
#        verify_proof.py --lines POLICY         answers every line of standard input, a proof in base64
#        verify_proof.py PROOF POLICY [FIGURE]
import json, re, sys, zlib
from decimal import Decimal
from pathlib import Path

from formulas import EXACT, compute, decimal_of, is_decimal, rounded
from signatures import Refused, check, sha256
from verify_receipt import (
    ANY, DOCUMENT, LETTERS, answers, canonical, check_checkpoint, check_registered, check_signature, check_window, each, instant,
    is_map, leaf_hash, nullable, number, parse, path, read_note, read_policy, shape, signed_for, upto)

MOST_FILE, MOST_TEXT = 1 << 20, 8 << 20
STATED = ("test-report", "ccer-cancellation")  # their figures have no formula, whatever a methodology says

NOT_FOLLOWED = ("methodology", "parameters", "quality-control-plan", "sample-receipt")  # lead to no report

# ---- shape ------------------------------------------------------------------------------------------------------
# Department and kind, division (GB/T 2260), organisation, and a last letter that makes the weighted sum a multiple of 31 (GB 32100).
PROVINCES = "1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6]|71|8[12]"
def is_uscc(text):
    meaning = "[1-9ANY][1-9](?:%s)(?!00(?!00))[0-9]{4}(?!0{9})[%s]{10}" % (PROVINCES, LETTERS)
    return re.fullmatch(meaning, text) and sum(LETTERS.index(text[at]) * pow(3, at % 17, 31) for at in range(18)) % 31 == 0

def uscc(value): check(isinstance(value, str) and is_uscc(value), "PROOF_MALFORMED")

def decimal(value): check(is_decimal(value), "PROOF_MALFORMED")

def content(value): check(isinstance(value, dict) and all(len(name) <= 60 for name in value), "PROOF_MALFORMED")

NAME = r"[A-Za-z][A-Za-z0-9_]{0,63}(?:\.[A-Za-z0-9_]{1,40}){0,2}"
UNIT, PERIOD = "-|[A-Za-z0-9_-]{1,40}", "-|[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?"
TYPES = """party|methodology|parameter|benchmark|rule-edition|rule-set|emitter-list|facility|engagement|
quality-control-plan|sample-receipt|test-report|monthly-evidence|review|annual-report|nonconformity|
nonconformity-response|verification-conclusion|working-days|verifier-assessment|emission-factor|product-footprint|objection|decision|inspection|finding|handover|
rectification|closure|self-inspection|screening-result|explanation|unit-change|device-batch|disclosure|
allowance-issuance|allowance-credit|allowance-transfer|offset-application|offset-confirmation|ccer-lot|ccer-freeze|
ccer-release|ccer-sync|ccer-cancellation|ccer-reversal|surrender|offset-booking|reconciliation|clearing|default|
supersession|revocation""".replace("\n", "")
KIND, LABEL = r"(?:%s)(?:\.[A-Za-z0-9_-]{1,40})?" % TYPES, "[a-z][a-z-]{0,39}"
KEY = r"[0-9A-Z]{18}/[A-Za-z0-9_-]{1,40}/[0-9-]{1,7}/[A-Za-z0-9._-]{1,92}"
ADDRESS = r"([^/#]*)/(?:%s)/(?:%s)/[a-z][a-z-]{1,39}(?:\.[A-Za-z0-9_-]{1,40})?#%s" % (UNIT, PERIOD, NAME)
MEDIA_TYPE = r"(?=.{0,100}\Z)[a-z0-9.+-]+/[a-z0-9.+-]+"
RECORD = {
    "schema": "carbon-ledger/record/v1", "type": TYPES, "issuer": uscc, "kind": KIND, "version": (1, 9999), "content": content,
    "subject": {"uscc": uscc, "unit": UNIT, "period": PERIOD}, "figuresRoot": nullable("[0-9a-f]{64}"), "readers?": [uscc, 20],
    "cites": [{"role": LABEL, "record": "rec:[0-9a-f]{64}", "key": KEY}, 400],
    "documents": [{**DOCUMENT, "role": "[a-z][a-z0-9-]{0,39}", "name": upto(200, 1), "mediaType": MEDIA_TYPE}, 200],
    "totals": each({"value": decimal, "unit": upto(40), "formula?": upto(120)}, NAME)}
MOST = 2000
PLACE, NODES = (0, MOST), lambda value: path(value, 1 << 18)
FIGURE = {
    "name": NAME, "value": decimal, "unit": upto(40), "salt": "[0-9a-f]{32}", "formula?": upto(120),
    "source?": {"document": (0, 199), "place": upto(120)}}
PROOF = {
    "schema": ANY, "figure": upto(300), "extent": "full|month|totals|lab", "ledger": "[0-9a-f]{64}", "checkpoint": upto(32768),
    "policyId": "pol:[0-9a-f]{64}", "logNodes": NODES,
    "records": [{
        "record": lambda value: value, "logIndex": number, "signed": nullable({"submission": PLACE, "place": (0, 999)})}, MOST],
    "submissions": [{
        "party": upto(18), "keyId": upto(80), "suite": upto(40), "signedAt": instant, "signature": upto(402),
        "recordCount": (1, 1000), "signer": PLACE, "nodes": NODES}, MOST],
    "openings": [{"record": PLACE, "tree": "[/.#]{1,4095}", "figures": lambda value: value, "nodes": NODES}, MOST]}

def gunzip(data):
    try:
        text = (stream := zlib.decompressobj(wbits=31)).decompress(data, MOST_TEXT + 1)
    except zlib.error:
        raise Refused("PROOF_MALFORMED") from None
    check(len(text) <= MOST_TEXT, "PROOF_OVERSIZED")
    check(stream.eof and not stream.unused_data, "PROOF_MALFORMED")
    return text

def read_proof(data):
    check(len(data) <= MOST_FILE, "PROOF_OVERSIZED")
    value = parse(gunzip(data) if data[:2] == b"\x1f\x8b" else data, MOST_TEXT)
    check(isinstance(value, dict) and isinstance(value.get("schema"), str), "PROOF_MALFORMED")
    check(value["schema"] == "carbon-ledger/figure-proof/v1", "UNSUPPORTED_VERSION")
    return shape(value, PROOF)

# ---- several leaves of one tree ---------------------------------------------------------------------------------
def root_of(leaves, size, nodes, code):
    check(leaves and 0 <= min(leaves) and max(leaves) < size < 2**64, code)
    rest = iter(nodes)
    def climb(start, end, places):
        if not places:
            check(node := next(rest, None), code)
            return node
        if end - start == 1: return leaves[start]
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        left = climb(start, middle, [place for place in places if place < middle])
        return sha256(b"\x01" + left + climb(middle, end, [place for place in places if place >= middle]))
    root = climb(0, size, sorted(leaves))
    check(next(rest, None) is None, code)
    return root

def check_log(proof, note):
    leaves = {entry["logIndex"]: entry["leaf"] for entry in proof["records"]}
    check(root_of(leaves, note["size"], proof["logNodes"], "INCLUSION_INVALID") == note["root"], "ROOT_MISMATCH")

# ---- signatures -------------------------------------------------------------------------------------------------
def check_issuer(entry, submissions):
    if entry["signed"] is None and entry["record"]["type"] == "party": return
    check(entry["signed"] and entry["signed"]["submission"] < len(submissions), "SIGNATURE_INVALID")
    submission = submissions[entry["signed"]["submission"]]
    check(submission["party"] == entry["record"]["issuer"], "ISSUER_MISMATCH")

def check_submission(proof, at, submission, policy):
    records = proof["records"]
    members = [entry for entry in records if entry["signed"] and entry["signed"]["submission"] == at]
    leaves = {entry["signed"]["place"]: entry["leaf"] for entry in members}
    check(submission["signer"] < len(records) and len(leaves) == len(members), "PROOF_MALFORMED")
    signer = records[submission["signer"]]
    root = root_of(leaves, submission["recordCount"], submission["nodes"], "SIGNATURE_INVALID")
    ledgers = {signed_for(policy, entry["logIndex"]) for entry in members}
    check(len(ledgers) == 1, "PROOF_MALFORMED")
    key = check_signature(ledgers.pop(), submission, signer["record"], lambda: root)
    check_window(key, submission, signer["record"])
    for entry in members:
        check_registered(signer["logIndex"], entry["logIndex"])

# ---- opened figures ---------------------------------------------------------------------------------------------
def check_opening(opening, record):
    figures, tree, code = opening["figures"], opening["tree"], "FIGURES_ROOT_MISMATCH"
    shape(figures, [FIGURE, MOST])
    names = [figure["name"] for figure in figures]
    check(names and names == sorted(set(names)), "PROOF_MALFORMED")
    marks, rest = iter(tree), {".": map(leaf_hash, figures), "#": iter(opening["nodes"])}
    def climb(depth):
        check(mark := next(marks, None), code)
        if mark != "/":
            check(node := next(rest[mark], None), code)
            return node
        check(depth < 11, code)
        left = climb(depth + 1)
        return sha256(b"\x01" + left + climb(depth + 1))
    check(record["figuresRoot"] and "/##" not in tree and climb(0).hex() == record["figuresRoot"], code)
    check(all(next(each, None) is None for each in (marks, *rest.values())), code)
    left = iter(names)
    return {"private": {figure["name"]: figure["value"] for figure in figures},
            "leaves": [next(left) if mark == "." else None for mark in tree if mark != "/"]}

def nothing_open(record):
    return {"private": {}, "leaves": [None] if record["figuresRoot"] else []}

def open_records(proof):
    opened = {}
    for opening in proof["openings"]:
        check(opening["record"] < len(proof["records"]) and opening["record"] not in opened, "PROOF_MALFORMED")
        opened[opening["record"]] = check_opening(opening, proof["records"][opening["record"]]["record"])
    # A party record that only registers keys is no source of figures.
    return {entry["id"]: {"record": entry["record"], **opened.get(at, nothing_open(entry["record"]))}
            for at, entry in enumerate(proof["records"]) if entry["signed"] is not None}

def key_of(record):
    return "/".join([*(record["subject"][part] for part in ("uscc", "unit", "period")), record["kind"]])

# Names that stand as lists in one wavg or sumproduct.
def together(expression):
    while (bare := re.sub(r"(?<![A-Za-z0-9_ ])( *)\( *([A-Za-z][A-Za-z0-9_]*) *\)", r"\1\2", expression)) != expression: expression = bare
    return [[one.strip() for one in found.split(",")] for found in re.findall(r"(?:wavg|sumproduct) *\(([^()]*)\)", expression)]

def of_member(binding, member):
    if member is None: return binding
    stands = lambda key, value: key == "label" or key in ("figure", "parameter") and value.endswith(".@")
    return {key: value[:-1] + member if stands(key, value) else value for key, value in binding.items()}

# ---- the way of a figure (docs/formats/methodology.md) ----------------------------------------------------------
class Walk:
    def __init__(self, records, extent):
        self.records, self.extent, self.seen, self.opened, self.beside, self.queue = records, extent, set(), {}, {}, []

    def figures(self, id):
        record = self.records[id]["record"]
        return {**{name: entry["value"] for name, entry in record["totals"].items()}, **self.records[id]["private"]}

    def look(self, id, name):
        if name not in self.opened.setdefault(id, set()):
            self.opened[id].add(name)
            self.queue.append((id, name))

    # With a label, of what is cited only the record whose kind has it.
    def cited(self, id, role, label=None):
        if label is not None: return [one for one in self.cited(id, role) if self.records[one]["record"]["kind"].split(".")[1:] == [label]]
        if role == "self": return [id]
        found = [cite["record"] for cite in self.records[id]["record"]["cites"] if cite["role"] == role]
        check(all(one in self.records for one in found), "CITATION_MISSING")
        self.seen.update(found)
        return sorted(found, key=lambda one: key_of(self.records[one]["record"]))

    def content(self, id, binding):
        owners = self.cited(id, binding.get("from", "self"))
        value = self.records[owners[0]]["record"]["content"].get(binding["content"]) if owners else None
        check(isinstance(value, (str, int)), "FIGURE_MISSING")
        return value if isinstance(value, str) else canonical(value)

    def parameter(self, id, binding):
        name = ".".join([binding["parameter"], *([self.content(id, binding["by"])] if "by" in binding else [])])
        tables = self.cited(id, "parameters")
        values = self.records[tables[0]]["record"]["content"].get("values", {}) if tables else {}
        check(name in values, "FIGURE_MISSING")
        return values[name]["value"]

    def resolve(self, id, binding):
        if "parameter" in binding: return [self.parameter(id, binding)]
        if "content" in binding: return [self.content(id, binding)]
        owners, wanted, result = self.cited(id, binding["from"], binding.get("label")), binding["figure"], []
        check(owners, "FIGURE_MISSING")
        for owner in owners:
            figures = self.figures(owner)
            family = self.family(owner, wanted[:-1]) if wanted.endswith(".*") else [wanted]
            for name in family:
                check(name in figures, "FIGURE_MISSING")
                self.look(owner, name)
                result.append(figures[name])
        return result

    # Nothing may be closed among the members, nor up to the open leaves before and behind.
    def family(self, id, prefix):
        leaves = self.records[id]["leaves"]
        first = next((at for at, name in enumerate(leaves) if name is not None and name >= prefix), len(leaves))
        behind = next((at for at in range(first, len(leaves)) if leaves[at] and not leaves[at].startswith(prefix)), len(leaves))
        check(None not in leaves[max(first - 1, 0) : behind + 1], "FIGURE_MISSING")
        self.beside.setdefault(id, set()).update(leaves[max(first - 1, 0) : first] + leaves[behind : behind + 1])
        return sorted(name for name in self.figures(id) if name.startswith(prefix))

    def holds(self, id, condition):
        if "cited" in condition: return (len(self.cited(id, condition["cited"], condition.get("label"))) > 0) == condition["is"]
        values, op, wanted = self.resolve(id, condition["of"]), condition["op"], condition["value"]
        if op in ("in", "eq") or not values: return bool(values) and (values[0] in wanted if op == "in" else values[0] == wanted)
        left, right = decimal_of(values[0]), decimal_of(wanted)
        return {"lt": left < right, "le": left <= right, "gt": left > right, "ge": left >= right}[op]

    def recompute(self, id, name, got):
        record, methodologies = self.records[id]["record"], self.cited(id, "methodology")
        if not methodologies or record["type"] in STATED: return
        table = record["kind"] + ("@plant" if record["subject"]["unit"] == "PLANT" else "@unit")
        specs = self.records[methodologies[0]]["record"]["content"]["figures"].get(table, [])
        family = lambda spec: spec["name"].endswith(".*") and name.startswith(spec["name"][:-1])
        spec = next((spec for spec in specs if spec["name"] == name or family(spec)), None)
        # In a family that is computed member by member, ".@" stands for the member.
        member = name[len(spec["name"]) - 1 :] if spec and spec["name"].endswith(".*") else None
        holds = lambda when: self.holds(id, {**when, "of": of_member(when["of"], member)} if "of" in when else of_member(when, member))
        case = spec and next((one for one in spec["cases"] if all(map(holds, one.get("when", [])))), None)
        if not case: return  # a stated figure
        for names in together(case["expression"]):
            whole = [case["inputs"][one] for one in names if case["inputs"].get(one, {}).get("figure", "").endswith(".*")]
            single = [(self.cited(id, one["from"]), one["figure"][:-1]) for one in whole]
            members = {tuple(one[len(prefix) :] for one in self.family(owners[0], prefix)) for owners, prefix in single if len(owners) == 1}
            check(len(members) <= 1, "FIGURE_MISSING")
        inputs = {}
        for variable, binding in case["inputs"].items():
            binding = of_member(binding, member)
            values = list(map(decimal_of, self.resolve(id, binding)))
            inputs[variable] = values if len(values) != 1 or binding.get("figure", "").endswith(".*") else values[0]
        expected = rounded(compute(case["expression"], inputs), spec["decimals"])
        text = "{:f}".format(expected if expected else expected.copy_abs())
        within = "tolerance" in spec and EXACT.subtract(decimal_of(got), Decimal(text)).copy_abs() <= Decimal(spec["tolerance"])
        check(within or got == text, "FIGURE_MISMATCH")

    def follow(self, id, name):
        self.look(id, name)
        while self.queue:
            id, name = self.queue.pop()
            self.seen.add(id)
            check(name in (figures := self.figures(id)), "FIGURE_MISSING")
            month = self.records[id]["record"]["type"] == "monthly-evidence"
            if self.extent == "full" or self.extent == "month" and not month: self.recompute(id, name, figures[name])

    def laboratory(self, target, name):
        queue = [target]
        while queue:
            self.seen.add(id := queue.pop())
            check(id in self.records, "CITATION_MISSING")
            cited = {cite["record"] for cite in self.records[id]["record"]["cites"] if cite["role"] not in NOT_FOLLOWED}
            queue += cited - self.seen
        for id in self.seen:
            if self.records[id]["record"]["type"] != "test-report": continue
            check(None not in self.records[id]["leaves"], "FIGURE_MISSING")
            self.opened[id] = set(self.figures(id))
        check(name in self.figures(target), "FIGURE_MISSING")
        self.opened.setdefault(target, set()).add(name)

def check_figure(proof, records):
    check((address := re.fullmatch(ADDRESS, proof["figure"])) and is_uscc(address[1]), "BAD_FIGURE_ADDRESS")
    key, mark, name = proof["figure"].partition("#")
    found = [id for id, held in records.items() if key_of(held["record"]) == key]
    check(found, "NOT_FOUND")
    check(len(found) == 1, "PROOF_MALFORMED")
    walk = Walk(records, proof["extent"])
    walk.laboratory(found[0], name) if proof["extent"] == "lab" else walk.follow(found[0], name)
    for id, held in records.items():
        wanted = walk.opened.get(id, set()) | walk.beside.get(id, set())
        check(id in walk.seen and set(held["private"]) <= wanted, "PROOF_MALFORMED")
    signers = {submission["signer"] for submission in proof["submissions"]}
    check(all(entry["signed"] or at in signers for at, entry in enumerate(proof["records"])), "PROOF_MALFORMED")

# (result, code, missing)
def verify(data, policy, figure=None):
    try:
        proof = read_proof(data)
        check(figure in (None, proof["figure"]), "RECORD_MISMATCH")
        check(proof["ledger"] == policy["ledgerId"], "WRONG_LEDGER")
        for entry in proof["records"]:
            shape(entry["record"], RECORD)
            check(entry["record"]["kind"].split(".")[0] == entry["record"]["type"], "PROOF_MALFORMED")
            entry["leaf"] = leaf_hash(entry["record"])
            entry["id"] = "rec:" + entry["leaf"].hex()
        places = [entry["logIndex"] for entry in proof["records"]]
        check(places == sorted(set(places)), "PROOF_MALFORMED")
        note = read_note(proof["checkpoint"])
        check_log(proof, note)
        for entry in proof["records"]:
            check_issuer(entry, proof["submissions"])
        for at, submission in enumerate(proof["submissions"]):
            check_submission(proof, at, submission, policy)
        missing = check_checkpoint(note, policy)
        check_figure(proof, open_records(proof))
    except Refused as refused:
        return "FAIL", refused.args[0], []
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # a methodology that is none
        return "FAIL", "PROOF_MALFORMED", []
    return ("PENDING", None, missing) if missing else ("PASS", None, [])

def golden(folder):
    policy = read_policy((folder / "policy.json").read_bytes())
    for case in json.loads((folder / "index.json").read_bytes())["cases"]:
        yield [case["name"], *verify((folder / case["proof"]).read_bytes(), policy)]

def main(arguments):
    if arguments[0] == "--golden": return print("\n".join(map(json.dumps, golden(Path(arguments[1])))))
    if arguments[0] == "--lines": return answers(verify, arguments[1])
    proof, policy = (Path(file).read_bytes() for file in arguments[:2])
    try:
        pinned = read_policy(policy)
    except Refused as refused:
        return print(json.dumps(["NO_POLICY", refused.args[0]])) or 2
    print(json.dumps(answer := verify(proof, pinned, *arguments[2:])))
    return {"PASS": 0, "PENDING": 3}.get(answer[0], 1)

if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
