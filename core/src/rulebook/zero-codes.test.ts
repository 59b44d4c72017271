import type { RecordType } from '../records';
import { recordTypes } from './registry';
import { contentFaultsOf } from './testing/content-table';

/* A code of zeros passes check characters and patterns, and names nobody. */

/** Fields whose text is a code or number by which something is known; by hand, so that a new one is thought of. */
const numbers = ['contractNo', 'sampleNo', 'reportNo', 'qualification', 'meterId', 'projectRef', 'number'];
const accounts = ['account', 'ccerAccount', 'allowanceAccount', 'ccerAccountId'];
const parties = ['uscc', 'party', 'to', 'frame', 'laboratories'];
const coded: ReadonlySet<string> = new Set([
  ...numbers,
  ...accounts,
  ...parties,
  'permitNo',
  'facilityCode',
  'oldCodes',
]);
/** `account` of an issuance says whose: it is a choice. */
const choices: ReadonlySet<string> = new Set(['allowance-credit']);

type Path = readonly string[];

function texts(value: unknown, at: Path = []): Path[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => texts(part, [...at, name]));
}

function edited(value: unknown, [name, ...rest]: Path, change: (text: string) => string): unknown {
  if (name === undefined) return change(String(value));
  if (Array.isArray(value))
    return value.map((part: unknown, at) => (String(at) === name ? edited(part, rest, change) : part));
  const holder = value as Readonly<Record<string, unknown>>;
  return { ...holder, [name]: edited(holder[name], rest, change) };
}

const nameOf = (path: Path): string => path.findLast((part) => !/^[0-9]+$/.test(part)) ?? '';
const fields = Object.values(recordTypes).flatMap(({ type, example }) =>
  choices.has(type)
    ? []
    : texts(example)
        .filter((path) => coded.has(nameOf(path)))
        .map((path): [RecordType, Path] => [type, path]),
);

function faultsOf(type: RecordType, path: Path, change: (text: string) => string): string[] {
  return contentFaultsOf(type, edited(recordTypes[type].example, path, change) as Readonly<Record<string, unknown>>);
}

const zeros = (text: string): string => text.replace(/[A-Za-z0-9]/g, '0');
const zeroDigits = (text: string): string => text.replace(/[0-9]/g, '0');

test.each(fields)('%s takes no zeros in %j', (type, path) => {
  const place = `BAD_RECORD /content/${path.join('/')}`;
  expect(faultsOf(type, path, (text) => text)).toEqual([]);
  expect(faultsOf(type, path, zeros)).toContain(place);
  expect(faultsOf(type, path, () => '0000')).toContain(place);
  // What a party states of its accounts and papers is text; a facility's codes have a form.
  const isOfForm = path[0] !== 'identifiers' && /permitNo|facilityCode|oldCodes/.test(path.join('/'));
  if (isOfForm) expect(faultsOf(type, path, zeroDigits)).toContain(place);
});

test('every field of the list stands in some example', () => {
  const found = new Set(fields.map(([, path]) => nameOf(path)));
  // Examples have no certificates; the content of a party has a test of its own.
  expect([...coded].filter((name) => !found.has(name))).toEqual(['number']);
});

test.each(['990000', '160000', '140001', '14', ''])('a party is of no region %j', (region) => {
  expect(faultsOf('party', ['region'], () => region)).toEqual(['BAD_RECORD /content/region']);
});
