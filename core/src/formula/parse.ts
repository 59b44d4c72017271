import { LedgerError } from '../errors';

/**
 * The closed grammar of formulas: decimal numbers, names, + − * /, unary minus, parentheses, and the functions below.
 * No properties, no strings, no conditions, no loops: a formula of a methodology can compute and do nothing else.
 */
export type FormulaNode =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: FormulaNode }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: FormulaNode; readonly right: FormulaNode }
  | { readonly kind: 'call'; readonly fn: FunctionName | StatisticName; readonly args: readonly FormulaNode[] };

export type Operator = '+' | '-' | '*' | '/';

/** Function name → least and greatest number of arguments. */
const functions = {
  sum: [1, 1],
  mean: [1, 1],
  wavg: [2, 2],
  sumproduct: [2, 4],
  round: [2, 2],
  floor: [1, 1],
  min: [1, 8],
  max: [1, 8],
  pow: [2, 2],
} as const;

/** What screening rules may use beside them: statistics over a window of values. A methodology may not. */
const statistics = {
  abs: [1, 1],
  sqrt: [1, 1],
  count: [1, 1],
  distinct: [1, 1],
  stdev: [1, 1],
  quantile: [2, 2],
  regression: [3, 3],
  residual: [3, 3],
  correlation: [2, 2],
  daysBetween: [2, 2],
  digitChi: [2, 2],
  benfordChi: [1, 1],
} as const;
export type FunctionName = keyof typeof functions;
export type StatisticName = keyof typeof statistics;

/** Who writes the formula: a methodology, or a screening rule. */
export type Dialect = 'methodology' | 'screening';

const maxLength = 500;
const maxDepth = 24;
// Blanks may stand between tokens, and no other white space: languages do not agree on what else is white.
const tokenPattern = / *(?:([0-9]+(?:\.[0-9]+)?)|([A-Za-z][A-Za-z0-9_]*)|([-+*/(),]))/y;

interface Token {
  readonly kind: 'number' | 'name' | 'mark';
  readonly text: string;
}

function tokenize(text: string): Token[] {
  if (text.length > maxLength) throw new LedgerError('BAD_FORMULA', `a formula has at most ${maxLength} characters`);
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  const end = text.replace(/ +$/, '').length;
  while (tokenPattern.lastIndex < end) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) throw new LedgerError('BAD_FORMULA', `unexpected text at position ${at} of ${JSON.stringify(text)}`);
    tokens.push(toToken(match));
  }
  return tokens;
}

function toToken(match: RegExpExecArray): Token {
  if (match[1] !== undefined) return { kind: 'number', text: match[1] };
  if (match[2] !== undefined) return { kind: 'name', text: match[2] };
  return { kind: 'mark', text: match[3] ?? '' };
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #dialect: Dialect;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], dialect: Dialect) {
    this.#tokens = tokens;
    this.#dialect = dialect;
  }

  formula(): FormulaNode {
    const node = this.#sum();
    const rest = this.#tokens[this.#at];
    if (rest) throw new LedgerError('BAD_FORMULA', `unexpected ${JSON.stringify(rest.text)}`);
    return node;
  }

  #sum(): FormulaNode {
    return this.#chain(['+', '-'], () => this.#product());
  }

  #product(): FormulaNode {
    return this.#chain(['*', '/'], () => this.#factor());
  }

  #chain(operators: readonly Operator[], operand: () => FormulaNode): FormulaNode {
    let left = operand();
    for (;;) {
      const operator = operators.find((mark) => this.#accept(mark));
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: operand() };
    }
  }

  #factor(): FormulaNode {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new LedgerError('BAD_FORMULA', `a formula nests at most ${maxDepth} deep`);
    const node = this.#accept('-') ? ({ kind: 'negate', operand: this.#factor() } as const) : this.#atom();
    this.#depth -= 1;
    return node;
  }

  #atom(): FormulaNode {
    const token = this.#tokens[this.#at];
    if (!token) throw new LedgerError('BAD_FORMULA', 'the formula ends too early');
    this.#at += 1;
    if (token.kind === 'number') return { kind: 'number', text: token.text };
    if (token.kind === 'name') return this.#accept('(') ? this.#call(token.text) : { kind: 'name', name: token.text };
    if (token.text !== '(') throw new LedgerError('BAD_FORMULA', `unexpected ${JSON.stringify(token.text)}`);
    const inner = this.#sum();
    this.#expect(')');
    return inner;
  }

  #call(name: string): FormulaNode {
    if (!isFunctionName(name, this.#dialect)) throw new LedgerError('BAD_FORMULA', `${name} is not a function`);
    const args = [this.#sum()];
    while (this.#accept(',')) args.push(this.#sum());
    this.#expect(')');
    const [least, most] = arities[name];
    if (args.length < least || args.length > most) {
      throw new LedgerError('BAD_FORMULA', `${name} takes ${least === most ? least : `${least} to ${most}`} arguments`);
    }
    return { kind: 'call', fn: name, args };
  }

  #accept(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#at += 1;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#accept(mark)) throw new LedgerError('BAD_FORMULA', `${mark} is missing`);
  }
}

const arities: Readonly<Record<FunctionName | StatisticName, readonly [number, number]>> = {
  ...functions,
  ...statistics,
};

function isFunctionName(name: string, dialect: Dialect): name is FunctionName | StatisticName {
  return Object.hasOwn(functions, name) || (dialect === 'screening' && Object.hasOwn(statistics, name));
}

/** @throws LedgerError BAD_FORMULA */
export function parseFormula(text: string, dialect: Dialect = 'methodology'): FormulaNode {
  return new Parser(tokenize(text), dialect).formula();
}

function partsOf(node: FormulaNode): readonly FormulaNode[] {
  if (node.kind === 'negate') return [node.operand];
  if (node.kind === 'binary') return [node.left, node.right];
  return node.kind === 'call' ? node.args : [];
}

/** The names that a formula needs, each once, in order of appearance. */
export function formulaNames(node: FormulaNode): string[] {
  const names = new Set<string>();
  const visit = (part: FormulaNode): void => {
    if (part.kind === 'name') names.add(part.name);
    partsOf(part).forEach(visit);
  };
  visit(node);
  return [...names];
}

/** Names that stand as lists in one `wavg` or `sumproduct`: a value of one goes with the value of the other. */
export function listsTogether(node: FormulaNode): string[][] {
  const inner = partsOf(node).flatMap(listsTogether);
  if (node.kind !== 'call' || (node.fn !== 'wavg' && node.fn !== 'sumproduct')) return inner;
  return [...inner, node.args.flatMap((arg) => (arg.kind === 'name' ? [arg.name] : []))];
}
