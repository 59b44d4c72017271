import { partyKinds, recordTypeNames, stateCodes } from '@carbon-ledger/core';
import { routes } from './index';

/** What is looked for as it is written, wherever it stands: no text is wrong. Sectors are what lists of emitters call them. */
const freeText = new Set(['text', 'cursor', 'sector']);
/** One record or figure is asked for, not a list: what is not there is answered by NOT_FOUND or BAD_FIGURE_ADDRESS. */
const oneThing = new Set(['getActions.key', 'trace.figure']);

/** Values that nothing on a ledger can bear; what takes one of them answers a slip of the finger with "there is nothing". */
const nonsense = ['?', 'NO PE', 'a b', '2024/03', 'ＡＢＣ', '%'];

type Shape = Record<string, { safeParse(value: unknown): { success: boolean } }>;

const narrowing = Object.entries(routes).flatMap(([name, { query }]) =>
  Object.entries(query.shape as Shape)
    .filter(([key]) => !freeText.has(key) && !oneThing.has(`${name}.${key}`))
    .map(([key, schema]) => ({ name, key, schema })),
);

test.each(narrowing)('$name: what $key takes means something', ({ schema }) => {
  const taken = nonsense.filter((value) => schema.safeParse(value).success);
  expect(taken).toEqual([]);
});

const { listRecords, listParties } = routes;
const key = '91140000MA0FAKE01X/U1/2024-03/monthly-evidence';

test.each([
  { state: 'ACCEPTEDD' },
  { state: 'accepted' },
  { period: '2024-3' },
  { period: '2024-13' },
  { period: '2024-3/abc' },
  { key: '91140000MA0FAKE01X/U1/2024-03' },
  { key: '91140000MA0FAKE01X/U1/2024-03/monthly-evidense' },
  { key: '91140000MA0FAKE01X/U1/2024-3/monthly-evidence' },
  { key: `${key}#emission_tCO2` },
  { unit: 'U 1' },
  { unit: '１' },
])('a list is not narrowed by %j', (query) => {
  expect(listRecords.query.safeParse(query).success).toBe(false);
});

test('a list is narrowed by every state, every kind of party, every type', () => {
  for (const state of stateCodes) expect(listRecords.query.safeParse({ state }).success).toBe(true);
  for (const kind of partyKinds) expect(listParties.query.safeParse({ kind }).success).toBe(true);
  for (const type of recordTypeNames) {
    expect(listRecords.query.safeParse({ type, key: key.replace('monthly-evidence', `${type}.label`) }).success).toBe(
      true,
    );
  }
  expect(listRecords.query.safeParse({ unit: '-', period: '-' }).success).toBe(true);
});
