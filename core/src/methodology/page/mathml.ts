import type { FormulaNode } from '../../formula';
import { escapeText } from './escape';

/** Binding strength, for the parentheses that typesetting still needs. */
const strength = { '+': 1, '-': 1, '*': 2, '/': 3 } as const;
const strongest = 4;

function strengthOf(node: FormulaNode): number {
  if (node.kind === 'binary') return strength[node.operator];
  return node.kind === 'negate' ? 1 : strongest;
}

const symbol = (text: string): string => `<mo>${text}</mo>`;
const row = (...parts: readonly string[]): string => `<mrow>${parts.join('')}</mrow>`;
const bracketed = (inner: string, open = '(', close = ')'): string => row(symbol(open), inner, symbol(close));

/** A name with its index: `Mar_m` is Mar with m below. */
function nameOf(name: string): string {
  const [base = name, ...index] = name.split('_');
  const letter = `<mi>${escapeText(base)}</mi>`;
  return index.length === 0 ? letter : `<msub>${letter}<mi>${escapeText(index.join(','))}</mi></msub>`;
}

function within(node: FormulaNode, least: number): string {
  const inner = mathOf(node);
  return strengthOf(node) < least ? bracketed(inner) : inner;
}

function binary({ operator, left, right }: Extract<FormulaNode, { kind: 'binary' }>): string {
  if (operator === '/') return `<mfrac>${mathOf(left)}${mathOf(right)}</mfrac>`;
  const sign = operator === '*' ? '×' : operator === '-' ? '−' : '+';
  const least = strength[operator];
  return row(
    within(left, least),
    symbol(sign),
    within(right, operator === '+' ? least : least + (operator === '-' ? 1 : 0)),
  );
}

type Call = Extract<FormulaNode, { kind: 'call' }>;
type Setting = (args: readonly FormulaNode[], set: readonly string[]) => string;

const sigma = symbol('∑');
const nothing: FormulaNode = { kind: 'number', text: '0' };
const product = (parts: readonly string[]): string => row(parts.join(symbol('×')));
const digitsOf = (node: FormulaNode | undefined): string => (node?.kind === 'number' ? node.text : '?');

/** How each function is set. */
const settings: Readonly<Partial<Record<Call['fn'], Setting>>> = {
  sum: (_args, [list = '']) => row(sigma, list),
  wavg: (_args, [values = '', weights = '']) =>
    `<mfrac>${row(sigma, product([values, weights]))}${row(sigma, weights)}</mfrac>`,
  mean: (_args, [list = '']) => `<mover>${list}<mo>‾</mo></mover>`,
  sumproduct: (_args, set) => row(sigma, product(set)),
  round: ([, places], [value = '']) => row(bracketed(value, '⌊', '⌉'), `<mtext> (${digitsOf(places)})</mtext>`),
  floor: (_args, [value = '']) => bracketed(value, '⌊', '⌋'),
  pow: ([base = nothing], [, exponent = '']) => `<msup>${within(base, strongest)}${exponent}</msup>`,
  min: (_args, set) => row('<mi>min</mi>', bracketed(set.join(symbol(',')))),
  max: (_args, set) => row('<mi>max</mi>', bracketed(set.join(symbol(',')))),
};

function call({ fn, args }: Call): string {
  const set = args.map(mathOf);
  return settings[fn]?.(args, set) ?? row(`<mi>${fn}</mi>`, bracketed(set.join(symbol(','))));
}

function mathOf(node: FormulaNode): string {
  switch (node.kind) {
    case 'number':
      return `<mn>${escapeText(node.text)}</mn>`;
    case 'name':
      return nameOf(node.name);
    case 'negate':
      return row(symbol('−'), within(node.operand, strength['*']));
    case 'binary':
      return binary(node);
    case 'call':
      return call(node);
  }
}

/** A formula as MathML, which browsers set without any script: ⌊x⌉ (2) is x rounded half up to 2 decimals, ⌊x⌋ rounded down. */
export function formulaMath(name: string, node: FormulaNode): string {
  return `<math display="block">${row(nameOf(name), symbol('='), mathOf(node))}</math>`;
}
