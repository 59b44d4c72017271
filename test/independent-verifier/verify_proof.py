#!/usr/bin/env python3
# Second verifier of figure-proof.v1, written from docs/formats/ alone; it takes hashes, keys and notes from the
# second verifier of receipts beside it, and computes every step of the figure anew in exact decimals.
#
# Usage: verify_proof.py --golden FOLDER        answers every case of FOLDER/index.json, one JSON line each
#        verify_proof.py PROOF POLICY [FIGURE]
import json, re, sys, zlib
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from pathlib import Path

from verify_receipt import (
    ANY, DOCUMENT, Refused, canonical, check, check_checkpoint, check_registered, check_signature, check_window,
    each, instant, is_map, leaf_hash, nullable, number, parse, path, read_note, sha256, shape,
    signed_for, upto)

MOST_FILE, MOST_TEXT = 1 << 20, 8 << 20
DECIMAL = r"-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,20})?"
EXACT = Context(prec=40, rounding=ROUND_HALF_UP)
WIDE = Context(prec=2000, rounding=ROUND_HALF_UP)
STATED = ("test-report", "ccer-cancellation")  # their figures have no formula, whatever a methodology says

# ---- shape ------------------------------------------------------------------------------------------------------
# Letters of GB 32100; the last one makes the weighted sum a multiple of 31.
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
def uscc(value):
    weights = [LETTERS.index(letter) * pow(3, at % 17, 31) for at, letter in enumerate(shape(value, "[%s]{18}" % LETTERS))]
    check(sum(weights) % 31 == 0, "PROOF_MALFORMED")

def decimal(value):
    check(shape(value, DECIMAL) and not re.fullmatch("-0(\\.0+)?", value), "PROOF_MALFORMED")

NAME, UNIT, PERIOD = r"[A-Za-z]\w{0,63}(?:\.\w{1,40}){0,2}", "-|[A-Za-z0-9_-]{1,40}", "-|[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?"
TYPES = """party|methodology|parameter|quality-control-plan|sample-receipt|test-report|monthly-evidence|annual-report|
verification-conclusion|allowance-issuance|ccer-lot|ccer-cancellation|surrender|supersession|revocation""".replace("\n", "")
KIND, LABEL = r"(?:%s)(?:\.[A-Za-z0-9_-]{1,40})?" % TYPES, "[a-z][a-z-]{0,39}"
KEY = r"[0-9A-Z]{18}/[A-Za-z0-9_-]{1,40}/[0-9-]{1,7}/[A-Za-z0-9._-]{1,81}"
RECORD = {
    "schema": "carbon-ledger/record/v1", "type": TYPES, "issuer": uscc, "kind": KIND, "version": (1, 9999), "content": is_map,
    "subject": {"uscc": uscc, "unit": UNIT, "period": PERIOD}, "figuresRoot": nullable("[0-9a-f]{64}"), "readers?": [uscc],
    "cites": [{"role": LABEL, "record": "rec:[0-9a-f]{64}", "key": KEY}],
    "documents": [{**DOCUMENT, "role": "[a-z][a-z0-9-]{0,39}", "name": ".{1,200}", "mediaType": r"[a-z0-9.+-]+/[a-z0-9.+-]+"}],
    "totals": each({"value": decimal, "unit": upto(40), "formula?": upto(120)})}
PLACE, NODES = (0, 2000), lambda value: path(value, 1 << 18)
FIGURE = {
    "name": NAME, "value": decimal, "unit": upto(40), "salt": "[0-9a-f]{32}", "formula?": upto(120),
    "source?": {"document": (0, 199), "place": upto(120)}}
PROOF = {
    "schema": ANY, "figure": ANY, "extent": "full|month|totals|lab", "ledger": "[0-9a-f]{64}", "checkpoint": ANY,
    "policyId": "pol:[0-9a-f]{64}", "logNodes": NODES,
    "records": [{"record": lambda value: value, "logIndex": number, "signed": nullable({"submission": PLACE, "place": (0, 999)})}],
    "submissions": [{
        "party": upto(18), "keyId": upto(80), "suite": upto(40), "signedAt": instant, "signature": upto(402),
        "recordCount": (1, 1000), "signer": PLACE, "nodes": NODES}],
    "openings": [{"record": PLACE, "size": (1, 2000), "places": [(0, 1999)], "figures": lambda value: value, "nodes": NODES}]}

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
    figures, places = opening["figures"], opening["places"]
    shape(figures, [FIGURE])
    names = {figure["name"] for figure in figures}
    check(len(set(places)) == len(places) == len(figures) == len(names), "PROOF_MALFORMED")
    leaves = {place: leaf_hash(figure) for place, figure in zip(places, figures)}
    code = "FIGURES_ROOT_MISMATCH"
    check(record["figuresRoot"], code)
    check(root_of(leaves, opening["size"], opening["nodes"], code).hex() == record["figuresRoot"], code)
    return {figure["name"]: figure["value"] for figure in figures}

def open_records(proof):
    opened = {}
    for opening in proof["openings"]:
        check(opening["record"] < len(proof["records"]) and opening["record"] not in opened, "PROOF_MALFORMED")
        opened[opening["record"]] = check_opening(opening, proof["records"][opening["record"]]["record"])
    # A party record that only registers keys is no source of figures.
    return {entry["id"]: {"record": entry["record"], "private": opened.get(at, {})}
            for at, entry in enumerate(proof["records"]) if entry["signed"] is not None}

def key_of(record):
    return "/".join([*(record["subject"][part] for part in ("uscc", "unit", "period")), record["kind"]])

# ---- formulas: numbers, names, + - * /, parentheses and seven functions -----------------------------------------
TOKEN = re.compile(r"\s*(?:([0-9]+(?:\.[0-9]+)?)|([A-Za-z]\w*)|([-+*/(),]))", re.ASCII)

def one(value):
    check(isinstance(value, Decimal), "BAD_FORMULA")
    return value

def many(value):
    return value if isinstance(value, list) else [value]

def total(values):
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result

def divide(left, right):
    check(right != 0, "BAD_FORMULA")
    return EXACT.divide(left, right)

def mean(values, weights):
    check(len(values) == len(weights), "BAD_FORMULA")
    return divide(total(EXACT.multiply(value, weight) for value, weight in zip(values, weights)), total(weights))

def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP, WIDE)

def power(base, exponent):
    check(base > 0 and abs(exponent) <= 1000, "BAD_FORMULA")
    return EXACT.power(base, exponent)

FUNCTIONS = {
    "sum": lambda values: total(many(values)), "wavg": lambda values, weights: mean(many(values), many(weights)),
    "round": lambda value, places: rounded(one(value), one(places)), "pow": lambda a, b: power(one(a), one(b)),
    "floor": lambda value: one(value).to_integral_value(ROUND_FLOOR),
    "min": lambda *values: min(map(one, values)), "max": lambda *values: max(map(one, values))}
OPERATORS = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": divide}

class Formula:
    def __init__(self, text, inputs):
        self.inputs, self.tokens, at, text = inputs, [], 0, text.rstrip()
        while at < len(text):
            check(found := TOKEN.match(text, at), "BAD_FORMULA")
            self.tokens.append(found[found.lastindex])
            at = found.end()

    def accept(self, *marks):
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in marks else None

    def value(self):
        result = one(self.chain("+-", lambda: self.chain("*/", self.factor)))
        check(not self.tokens, "BAD_FORMULA")
        return result

    def sum(self):
        return self.chain("+-", lambda: self.chain("*/", self.factor))

    def chain(self, marks, operand):
        left = operand()
        while mark := self.accept(*marks):
            left = OPERATORS[mark](one(left), one(operand()))
        return left

    def factor(self):
        if self.accept("-"): return -one(self.factor())
        check(self.tokens, "BAD_FORMULA")
        token = self.tokens.pop(0)
        if token[0].isdigit(): return Decimal(token)
        if token == "(": return self.closed([self.sum()])[0]
        if self.accept("("): return self.call(token)
        check(token in self.inputs, "BAD_FORMULA")
        return self.inputs[token]

    def closed(self, values):
        check(self.accept(")"), "BAD_FORMULA")
        return values

    def call(self, name):
        values = [self.sum()]
        while self.accept(","):
            values.append(self.sum())
        check(name in FUNCTIONS, "BAD_FORMULA")
        try:
            return FUNCTIONS[name](*self.closed(values))
        except TypeError:  # another number of arguments
            raise Refused("BAD_FORMULA") from None

# ---- the way of a figure (docs/formats/methodology.md) ----------------------------------------------------------
class Walk:
    def __init__(self, records, extent):
        self.records, self.extent, self.seen, self.opened, self.queue = records, extent, set(), {}, []

    def figures(self, id):
        record = self.records[id]["record"]
        return {**{name: entry["value"] for name, entry in record["totals"].items()}, **self.records[id]["private"]}

    def look(self, id, name):
        if name not in self.opened.setdefault(id, set()):
            self.opened[id].add(name)
            self.queue.append((id, name))

    def cited(self, id, role):
        if role == "self": return [id]
        found = [cite["record"] for cite in self.records[id]["record"]["cites"] if cite["role"] == role]
        check(all(one in self.records for one in found), "CITATION_MISSING")
        self.seen.update(found)
        return sorted(found, key=lambda one: key_of(self.records[one]["record"]))

    def content(self, id, binding):
        owners = self.cited(id, binding.get("from", "self"))
        value = self.records[owners[0]]["record"]["content"].get(binding["content"]) if owners else None
        check(isinstance(value, (str, int)), "FIGURE_MISSING")
        return canonical(value) if not isinstance(value, str) else value

    def parameter(self, id, binding):
        name = ".".join([binding["parameter"], *([self.content(id, binding["by"])] if "by" in binding else [])])
        tables = self.cited(id, "parameters")
        values = self.records[tables[0]]["record"]["content"].get("values", {}) if tables else {}
        check(name in values, "FIGURE_MISSING")
        return values[name]["value"]

    def resolve(self, id, binding):
        if "parameter" in binding: return [self.parameter(id, binding)]
        if "content" in binding: return [self.content(id, binding)]
        owners, wanted, result = self.cited(id, binding["from"]), binding["figure"], []
        check(owners, "FIGURE_MISSING")
        for owner in owners:
            figures = self.figures(owner)
            family = sorted(name for name in figures if name.startswith(wanted[:-1])) if wanted.endswith(".*") else [wanted]
            for name in family:
                check(name in figures, "FIGURE_MISSING")
                self.look(owner, name)
                result.append(figures[name])
        return result

    def holds(self, id, condition):
        if "cited" in condition: return (len(self.cited(id, condition["cited"])) > 0) == condition["is"]
        values, op, wanted = self.resolve(id, condition["of"]), condition["op"], condition["value"]
        if op in ("in", "eq") or not values: return bool(values) and (values[0] in wanted if op == "in" else values[0] == wanted)
        order = Decimal(values[0]).compare(Decimal(wanted))
        return {"lt": order < 0, "le": order <= 0, "gt": order > 0, "ge": order >= 0}[op]

    def recompute(self, id, name, got):
        record, methodologies = self.records[id]["record"], self.cited(id, "methodology")
        if not methodologies or record["type"] in STATED: return
        table = record["kind"] + ("@plant" if record["subject"]["unit"] == "PLANT" else "@unit")
        specs = self.records[methodologies[0]]["record"]["content"]["figures"].get(table, [])
        family = lambda spec: spec["name"].endswith(".*") and name.startswith(spec["name"][:-1])
        spec = next((spec for spec in specs if spec["name"] == name or family(spec)), None)
        case = spec and next((one for one in spec["cases"] if all(self.holds(id, when) for when in one.get("when", []))), None)
        if not case: return  # a stated figure
        inputs = {}
        for variable, binding in case["inputs"].items():
            values = list(map(Decimal, self.resolve(id, binding)))
            inputs[variable] = values if len(values) != 1 or binding.get("figure", "").endswith(".*") else values[0]
        expected = rounded(Formula(case["expression"], inputs).value(), spec["decimals"])
        within = "tolerance" in spec and abs(Decimal(got) - expected) <= Decimal(spec["tolerance"])
        check(within or got == "{:f}".format(expected + 0), "FIGURE_MISMATCH")

    def follow(self, id, name):
        self.look(id, name)
        while self.queue:
            id, name = self.queue.pop()
            self.seen.add(id)
            check(name in (figures := self.figures(id)), "FIGURE_MISSING")
            month = self.records[id]["record"]["type"] == "monthly-evidence"
            if self.extent == "full" or self.extent == "month" and not month: self.recompute(id, name, figures[name])

    def laboratory(self, id):
        queue = [id]
        while queue:
            self.seen.add(id := queue.pop())
            cited = {cite["record"] for cite in self.records[id]["record"]["cites"]} & set(self.records)
            queue += cited - self.seen
            if self.records[id]["record"]["type"] == "test-report": self.opened[id] = set(self.figures(id))

def check_figure(proof, records):
    check(re.fullmatch(r"[0-9A-Z]{18}/(?:%s)/(?:%s)/[^/#]+#%s" % (UNIT, PERIOD, NAME), proof["figure"]), "BAD_FIGURE_ADDRESS")
    key, mark, name = proof["figure"].partition("#")
    found = [id for id, held in records.items() if key_of(held["record"]) == key]
    check(found, "NOT_FOUND")
    check(len(found) == 1, "PROOF_MALFORMED")
    walk = Walk(records, proof["extent"])
    walk.laboratory(found[0]) if proof["extent"] == "lab" else walk.follow(found[0], name)
    for id, held in records.items():
        check(id in walk.seen and set(held["private"]) <= walk.opened.get(id, set()), "PROOF_MALFORMED")
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
    return ("PENDING", None, missing) if missing else ("PASS", None, [])

def golden(folder):
    policy = json.loads((folder / "policy.json").read_bytes())
    for case in json.loads((folder / "index.json").read_bytes())["cases"]:
        yield [case["name"], *verify((folder / case["proof"]).read_bytes(), policy)]

def main(arguments):
    if arguments[0] == "--golden": return print("\n".join(map(json.dumps, golden(Path(arguments[1])))))
    proof, policy = (Path(file).read_bytes() for file in arguments[:2])
    print(json.dumps(answer := verify(proof, json.loads(policy), *arguments[2:])))
    return {"PASS": 0, "PENDING": 3}.get(answer[0], 1)

if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
