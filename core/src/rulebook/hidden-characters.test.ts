import type { LedgerRecord, RecordType } from '../records';
import { parseContent } from './content-reading';
import { recordTypes } from './registry';

/* Zero-width, bidirectional and control characters: a name with one of them looks like another, and is another. */

type Json = unknown;

/** Paths of every text of a value. */
function texts(value: Json, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => texts(part, [...at, name]));
}

function edited(value: Json, [name, ...rest]: readonly string[], change: (text: string) => string): Json {
  if (name === undefined) return change(String(value));
  if (Array.isArray(value))
    return value.map((part: Json, at) => (String(at) === name ? edited(part, rest, change) : part));
  const holder = value as Record<string, Json>;
  return { ...holder, [name]: edited(holder[name], rest, change) };
}

const hidden = ['\u200b', '\u202e', '\u2066', '\u0007', '\u0000', '\ufeff', '\u00ad', '\u2028', '\u007f', '\u061c'];
const inside = (sign: string) => (text: string) => text.slice(0, 1) + sign + text.slice(1);

const fields = Object.values(recordTypes).flatMap((spec) =>
  texts(spec.example).map((path) => [spec.type, path] as const),
);

function recordOf(type: RecordType, content: unknown, document = 'a.pdf'): LedgerRecord {
  const sha256 = `sha256:${'0'.repeat(64)}`;
  return {
    ...{ schema: 'carbon-ledger/record/v1', type, kind: type, version: 1, issuer: '', cites: [], totals: {} },
    ...{ subject: { uscc: '', unit: '-', period: '-' }, figuresRoot: null },
    documents: [{ role: 'a', name: document, mediaType: 'application/pdf', size: '1', sha256, sm3: '' }],
    content: content as Record<string, unknown>,
  };
}

function isTaken(record: LedgerRecord): boolean {
  try {
    parseContent(record);
    return true;
  } catch {
    return false;
  }
}

test.each(fields)('%s takes none in %j', (type, path) => {
  const { example } = recordTypes[type];
  expect(isTaken(recordOf(type, example))).toBe(true);
  const taken = hidden.filter((sign) => isTaken(recordOf(type, edited(example, path, inside(sign)))));
  expect(taken.map((sign) => sign.codePointAt(0)?.toString(16))).toEqual([]);
});

test('no document has one in its name, nor any member in its own', () => {
  const { example } = recordTypes['sample-receipt'];
  for (const sign of hidden) expect(isTaken(recordOf('sample-receipt', example, `a${sign}.pdf`))).toBe(false);
  const { example: parameters } = recordTypes.parameter;
  const { values } = parameters as { values: Record<string, unknown> };
  expect(
    isTaken(recordOf('parameter', { ...(parameters as object), values: { ...values, ['O\u200bF']: values['OF'] } })),
  ).toBe(false);
});
