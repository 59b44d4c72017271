# Formulas of a methodology (docs/formats/methodology.md, "Expressions"), for the second verifier of figure proofs.
#
# Usage: formulas.py < LINES        one JSON {"expression", "inputs"} a line; answers [value, code] each
import json, re, sys
from decimal import MAX_EMAX, MIN_EMIN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from signatures import Refused, check

# Every operation is rounded to 40 digits; a context of its own, never the default one of 28.
EXACT = Context(prec=40, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)
WIDE = Context(prec=4000, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)
DECIMAL = r"-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,20})?"
TOKEN = re.compile(r" *(?:([0-9]+(?:\.[0-9]+)?)|([A-Za-z][A-Za-z0-9_]*)|([-+*/(),]))")

def is_decimal(text):
    return isinstance(text, str) and re.fullmatch(DECIMAL, text) and not re.fullmatch("-0(\\.0+)?", text)

def decimal_of(text):
    check(is_decimal(text), "BAD_DECIMAL")
    return Decimal(text)

def in_range(value):
    check(value == 0 or -1000 <= value.adjusted() <= 1000, "BAD_FORMULA")
    return value

def one(value):
    check(isinstance(value, Decimal), "BAD_FORMULA")
    return value

def many(value):
    return value if isinstance(value, list) else [value]

def plus(left, right): return in_range(EXACT.add(left, right))

def minus(left, right): return in_range(EXACT.subtract(left, right))

def times(left, right): return in_range(EXACT.multiply(left, right))

def divide(left, right):
    check(right != 0, "BAD_FORMULA")
    return in_range(EXACT.divide(left, right))

def total(values):
    result = Decimal(0)
    for value in values:
        result = plus(result, value)
    return result

def mean(values, weights):
    check(len(values) == len(weights), "BAD_FORMULA")
    return divide(total(times(value, weight) for value, weight in zip(values, weights)), total(weights))

# Member by member.
def products(lists):
    check(len({len(values) for values in lists}) == 1, "BAD_FORMULA")
    results = lists[0]
    for values in lists[1:]:
        results = list(map(times, results, values))
    return results

# Several numbers, or the members of one list.
def several(values):
    numbers = many(values[0]) if len(values) == 1 else list(map(one, values))
    check(numbers, "BAD_FORMULA")
    return numbers

def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE)

def round_to(value, places):
    check(places == places.to_integral_value() and 0 <= places <= 20, "BAD_FORMULA")
    return rounded(value, int(places))

def power(base, exponent):
    check(base > 0 and exponent.copy_abs() <= 1000, "BAD_FORMULA")
    return in_range(EXACT.power(base, exponent))

OPERATORS = {"+": plus, "-": minus, "*": times, "/": divide}
# least and greatest number of arguments
FUNCTIONS = {
    "sum": (1, 1, lambda values: total(many(values))), "wavg": (2, 2, lambda values, weights: mean(many(values), many(weights))),
    "round": (2, 2, lambda value, places: round_to(one(value), one(places))),
    "floor": (1, 1, lambda value: one(value).to_integral_value(ROUND_FLOOR)), "pow": (2, 2, lambda a, b: power(one(a), one(b))),
    "mean": (1, 1, lambda values: divide(total(many(values)), Decimal(len(many(values))))),
    "sumproduct": (2, 4, lambda *lists: total(products(list(map(many, lists))))),
    "min": (1, 8, lambda *values: min(several(values))), "max": (1, 8, lambda *values: max(several(values)))}

class Formula:
    def __init__(self, text, inputs):
        self.inputs, self.tokens, self.depth, at, text = inputs, [], 0, 0, text.rstrip(" ")
        check(len(text) <= 500, "BAD_FORMULA")
        while at < len(text):
            check(found := TOKEN.match(text, at), "BAD_FORMULA")
            self.tokens.append(found[found.lastindex])
            at = found.end()

    def accept(self, *marks):
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in marks else None

    def value(self):
        result = one(self.sum())
        check(not self.tokens, "BAD_FORMULA")
        return result

    def sum(self): return self.chain("+-", lambda: self.chain("*/", self.factor))

    def chain(self, marks, operand):
        left = operand()
        while mark := self.accept(*marks):
            left = OPERATORS[mark](one(left), one(operand()))
        return left

    def factor(self):
        self.depth += 1
        check(self.depth <= 24, "BAD_FORMULA")
        result = one(self.factor()).copy_negate() if self.accept("-") else self.atom()
        self.depth -= 1
        return result

    def atom(self):
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
        check(name in FUNCTIONS, "BAD_FORMULA")
        values = [self.sum()]
        while self.accept(","):
            values.append(self.sum())
        least, most, function = FUNCTIONS[name]
        check(least <= len(self.closed(values)) <= most, "BAD_FORMULA")
        return function(*values)

def compute(expression, inputs):
    return Formula(expression, inputs).value()

# As text with as many decimals as there are, zero without sign.
def answer(line):
    asked = json.loads(line)
    try:
        read = lambda value: list(map(Decimal, value)) if isinstance(value, list) else Decimal(value)
        value = compute(asked["expression"], {name: read(value) for name, value in asked["inputs"].items()})
        text = "{:f}".format(value)
        return [(text.rstrip("0").rstrip(".") if "." in text else text) if value else "0", None]
    except Refused as refused:
        return [None, refused.args[0]]

if __name__ == "__main__":
    for line in sys.stdin: print(json.dumps(answer(line)))
