import { Decimal } from '../../decimal';
import { LedgerError } from '../../errors';
import { inverse, isEqual, rational, times, unity, type Rational } from './rational';

/**
 * What a unit measures, as powers of what cannot be turned into each other. A tonne of carbon, of CO2 and of coal are three
 * things: only a factor with its own unit (`tCO2/t`), a share (`%`) or the masses 44/12 lead from one to the other.
 */
export type Dimension =
  | 'mass'
  | 'carbon'
  | 'co2'
  | 'coal-equivalent'
  | 'energy'
  | 'time'
  | 'length'
  | 'volume'
  | 'pressure'
  | 'temperature'
  | 'count'
  | 'money';
export type Dimensions = ReadonlyMap<Dimension, number>;

export interface Unit {
  readonly dimensions: Dimensions;
  /** How many of the base unit (t, tC, tCO2, tce, GJ, h, m, Nm³, kPa, CNY) one of it is. */
  readonly scale: Rational;
}

function symbol(scale: string, ...dimensions: readonly (readonly [Dimension, number])[]): Unit {
  const [over = '1', under = '1'] = scale.split('/');
  return { dimensions: new Map(dimensions), scale: times(rational(over), inverse(rational(under))) };
}

const masses = (name: string, dimension: Dimension): [string, Unit][] => [
  [`t${name}`, symbol('1', [dimension, 1])],
  [`kg${name}`, symbol('0.001', [dimension, 1])],
  [`g${name}`, symbol('0.000001', [dimension, 1])],
  [`10^4t${name}`, symbol('10000', [dimension, 1])],
];

/** Every unit symbol that a methodology may use. CO2 equivalents count as CO2: that is what they are for. */
const symbols: ReadonlyMap<string, Unit> = new Map([
  ...masses('', 'mass'),
  ...masses('C', 'carbon'),
  ...masses('CO2', 'co2'),
  ...masses('CO2e', 'co2'),
  ...masses('ce', 'coal-equivalent'),
  ['GJ', symbol('1', ['energy', 1])],
  ['TJ', symbol('1000', ['energy', 1])],
  ['MJ', symbol('0.001', ['energy', 1])],
  ['kJ', symbol('0.000001', ['energy', 1])],
  ['kcal', symbol('0.0000041868', ['energy', 1])],
  ['GWh', symbol('3600', ['energy', 1])],
  ['MWh', symbol('3.6', ['energy', 1])],
  ['kWh', symbol('0.0036', ['energy', 1])],
  ['10^4kWh', symbol('36', ['energy', 1])],
  ['GW', symbol('3600', ['energy', 1], ['time', -1])],
  ['MW', symbol('3.6', ['energy', 1], ['time', -1])],
  ['kW', symbol('0.0036', ['energy', 1], ['time', -1])],
  ['h', symbol('1', ['time', 1])],
  ['min', symbol('1/60', ['time', 1])],
  ['s', symbol('1/3600', ['time', 1])],
  ['d', symbol('24', ['time', 1])],
  ['m', symbol('1', ['length', 1])],
  ['km', symbol('1000', ['length', 1])],
  ['mm', symbol('0.001', ['length', 1])],
  ['m2', symbol('1', ['length', 2])],
  ['m3', symbol('1', ['length', 3])],
  ['L', symbol('0.001', ['length', 3])],
  // An amount of gas, under standard conditions: no room, so only a factor leads from one to the other.
  ['Nm3', symbol('1', ['volume', 1])],
  ['10^4Nm3', symbol('10000', ['volume', 1])],
  ['kPa', symbol('1', ['pressure', 1])],
  ['MPa', symbol('1000', ['pressure', 1])],
  ['degC', symbol('1', ['temperature', 1])],
  ['piece', symbol('1', ['count', 1])],
  ['CNY', symbol('1', ['money', 1])],
  ['10^4CNY', symbol('10000', ['money', 1])],
  ['1', symbol('1')],
  ['%', symbol('0.01')],
]);

/** Other ways to write the same symbol. */
const spellings: readonly (readonly [RegExp, string])[] = [
  ...['²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'].map(
    (digit, index) => [new RegExp(`10${digit}`, 'g'), `10^${String(index + 2)}`] as const,
  ),
  [/²/g, '2'],
  [/³/g, '3'],
  [/₂/g, '2'],
  [/万/g, '10^4'],
  [/亿/g, '10^8'],
  [/·/g, '*'],
];

export const unitSymbols: readonly string[] = [...symbols.keys()];

export function isShare(text: string): boolean {
  return text === '%';
}

export function multiply(a: Unit, b: Unit, power = 1): Unit {
  const dimensions = new Map(a.dimensions);
  for (const [name, exponent] of b.dimensions) {
    const sum = (dimensions.get(name) ?? 0) + exponent * power;
    if (sum === 0) dimensions.delete(name);
    else dimensions.set(name, sum);
  }
  return { dimensions, scale: times(a.scale, power > 0 ? b.scale : inverse(b.scale)) };
}

export const one: Unit = { dimensions: new Map(), scale: unity };

const known = new Map<string, Unit>();
const maxKnown = 500;

/** `10^3Nm3`, `10^8kWh`: a power of ten before any symbol, but for what is no unit. */
function withPowerOfTen(text: string): Unit | undefined {
  const [, exponent, name = ''] = /^10\^([1-9])([A-Za-z].*)$/.exec(text) ?? [];
  const found = exponent === undefined ? undefined : symbols.get(name);
  return found && { ...found, scale: times(found.scale, rational(`1${'0'.repeat(Number(exponent))}`)) };
}

const symbolNamed = (text: string): Unit | undefined => symbols.get(text) ?? withPowerOfTen(text);

/** `kg/(t*km)` is `kg/t/km`. */
function withoutBrackets(text: string): string {
  return text.replace(/\/ *\(([^()/]+)\)/g, (_, under: string) => `/${under.replaceAll('*', '/')}`);
}

function read(text: string): Unit {
  const plain = spellings.reduce((spelled, [from, to]) => spelled.replace(from, to), text);
  const parts = withoutBrackets(plain).split(/([*/])/);
  return parts.reduce<Unit>((unit, part, index) => {
    if (index % 2 === 1) return unit;
    const found = symbolNamed(part.trim());
    if (!found)
      throw new LedgerError('BAD_METHODOLOGY', `${JSON.stringify(part)} in ${JSON.stringify(text)} is not a unit`);
    return multiply(unit, found, parts[index - 1] === '/' ? -1 : 1);
  }, one);
}

/** Reads `GJ/10^4Nm3`, `tCO2/MWh`, `kg/t`, `kgCO2e/(t*km)`. @throws LedgerError BAD_METHODOLOGY naming the symbol that is unknown */
export function parseUnit(text: string): Unit {
  const before = known.get(text);
  if (before) return before;
  const unit = read(text);
  if (known.size >= maxKnown) known.clear();
  known.set(text, unit);
  return unit;
}

export function sameDimensions(a: Dimensions, b: Dimensions): boolean {
  return a.size === b.size && [...a].every(([name, exponent]) => b.get(name) === exponent);
}

export function isSameUnit(a: Unit, b: Unit): boolean {
  return sameDimensions(a.dimensions, b.dimensions) && isEqual(a.scale, b.scale);
}

const baseSymbols: Readonly<Record<Dimension, string>> = {
  mass: 't',
  carbon: 'tC',
  co2: 'tCO2',
  'coal-equivalent': 'tce',
  energy: 'GJ',
  time: 'h',
  length: 'm',
  volume: 'Nm3',
  pressure: 'kPa',
  temperature: 'degC',
  count: 'piece',
  money: 'CNY',
};

function powers(dimensions: Dimensions, sign: 1 | -1): string[] {
  return [...dimensions].flatMap(([name, exponent]) =>
    Array.from({ length: Math.max(0, exponent * sign) }, () => baseSymbols[name]),
  );
}

/** For messages: `0.01 tC/t`. */
export function formatUnit({ dimensions, scale }: Unit): string {
  const over = powers(dimensions, 1).join('·') || '1';
  const unit = [over, ...powers(dimensions, -1)].join('/');
  return isEqual(scale, unity) ? unit : `${formatRational(scale)} ${unit}`;
}

export function formatRational({ over, under }: Rational): string {
  return new Decimal(over.toString()).div(under.toString()).toSignificantDigits(12).toFixed();
}

/**
 * The factor by which a number in one unit is multiplied to stand in the other; undefined where the two do not measure the
 * same. 1 kg → t is 0.001.
 */
export function conversionFactor(from: string, to: string): Rational | undefined {
  const [a, b] = [parseUnit(from), parseUnit(to)];
  return sameDimensions(a.dimensions, b.dimensions) ? times(a.scale, inverse(b.scale)) : undefined;
}
