import fc from 'fast-check';
import { z } from 'zod';
import { agendaSource } from '../../../test/support/agenda-source';
import { MemoryLedger } from '../../../test/support/memory-ledger';
import { enterprise, ledgerId, msp, time } from '../../../test/support/trial-records';
import type { CurrentRecord } from '../agenda';
import { formatBusinessKey } from '../identifiers';
import { rulebooks, type BuiltRecord, type Rulebook } from '../rulebook';
import { computedFields } from './computed';
import { contestedCites } from './contested';
import { emptyLists, numbered } from './proposals';
import type { DraftSource } from './source';

const rulebook = rulebooks.get(1) as Rulebook;
const subject = { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' };
const nothing = agendaSource(new MemoryLedger({ ledger: ledgerId, msp, time }, rulebooks));

const currentOf = (key: string): CurrentRecord => ({
  ...{ key, record: `rec:${'0'.repeat(64)}`, version: 1, state: 'FILED', since: time, by: 'x' },
});

/** A ledger on which these kinds of the subject stand. */
function holding(kinds: readonly string[]): DraftSource {
  const keys = kinds.map((kind) => formatBusinessKey(subject, kind));
  return { ...nothing, head: (key) => Promise.resolve(keys.includes(key) ? currentOf(key) : undefined) };
}

describe('the number of a record', () => {
  it('is the first that is free', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 12 })), async (taken) => {
        const kinds = taken.map((number) => `explanation.${String(number)}`);
        const free = Array.from({ length: 13 }, (_, at) => at + 1).find((number) => !taken.includes(number));
        const found = await numbered('explanation', { subject, on: undefined }, rulebook, holding(kinds));
        expect(found).toBe(`explanation.${String(free)}`);
      }),
    );
  });

  it('goes on where no enterprise can take it, and is for the filer to say once those are taken too', async () => {
    const first = Array.from({ length: 200 }, (_, at) => `explanation.${String(at + 1)}`);
    const kinds = [...first, ...Array.from({ length: 200 }, (_, at) => `explanation.${String(at + 1000)}`)];
    const asked = { subject, on: undefined };
    expect(await numbered('explanation', asked, rulebook, holding(kinds))).toBe('explanation');
    expect(await numbered('explanation', asked, rulebook, holding(kinds.slice(0, -1)))).toBe('explanation.1199');
    expect(await numbered('explanation', asked, rulebook, holding(first))).toBe('explanation.1000');
    expect(await numbered('explanation', asked, rulebook, holding(first.slice(0, -1)))).toBe('explanation.200');
  });

  it('is that of what it acts on, and none where a kind carries none or has one', async () => {
    const current = currentOf(formatBusinessKey(subject, 'objection.7'));
    const acting = { subject, on: { current, issuer: enterprise.uscc } };
    expect(await numbered('decision', acting, rulebook, holding([]))).toBe('decision.7');
    for (const kind of ['monthly-evidence', 'explanation.3', 'unheard'])
      expect(await numbered(kind, acting, rulebook, holding([]))).toBe(kind);
  });
});

it('lists of which nothing is said are empty, those alone that must be there', () => {
  const item = z.array(z.string());
  expect(emptyLists(z.strictObject({ must: item, may: item.optional(), text: z.string() }))).toEqual({ must: [] });
});

describe('fields that the ledger can tell', () => {
  const computed = (
    type: Parameters<typeof computedFields>[0],
    content: Record<string, unknown>,
    cites: Record<string, BuiltRecord[]> = {},
  ): Promise<Record<string, unknown>> =>
    computedFields(type, { record: { subject, content, kind: type }, cites, rulebook, source: nothing });

  it('are the sum of the rows of a form, to the tonne', async () => {
    const tonnes = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n });
    await fc.assert(
      fc.asyncProperty(fc.array(tonnes, { minLength: 1, maxLength: 8 }), async (all) => {
        const rows = all.map((qty) => ({ qty: qty.toString() }));
        const sum = all.reduce((one, other) => one + other, 0n).toString();
        expect(await computed('offset-application', { rows })).toEqual({ applied_t: sum });
      }),
    );
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    [],
    [null],
    [undefined],
    [7],
    [{}],
    [{ qty: '-1' }],
    [{ qty: '1.5' }],
    [{ qty: '1' }, null],
  ])('are no sum of rows that are %j, which the judge refuses', async (rows) => {
    expect(await computed('offset-application', { rows })).toEqual({});
  });

  it('are none of a type that has none, and none of what is not anchored', async () => {
    for (const type of ['monthly-evidence', 'allowance-credit', 'party', 'objection', 'decision'] as const)
      expect(await computed(type, {})).toEqual({});
    expect(await computed('clearing', {})).toMatchObject({ obligation_t: '0', allowances_t: '0', ccer_t: '0' });
    expect(await computed('default', {})).toMatchObject({ shortfall_t: '0' });
  });

  it('take the day that is stated, and count from no day that is none', async () => {
    const calendar = { year: '2024', holidays: [], workdays: [] };
    const periods = { notice: 7, objection: 7, decision: 10, redetermination: 5 };
    const content = { ...calendar, periods };
    const source: DraftSource = {
      ...nothing,
      async *current(type) {
        await Promise.resolve();
        if (type === 'working-days') yield currentOf(`${enterprise.uscc}/-/2024/working-days`);
      },
      record: () => Promise.resolve({ issuer: enterprise.uscc, content, cites: [] }),
    };
    // The rules of the calendar's own form are not what is looked at here.
    const { types } = rulebook;
    const table = { ...types, 'working-days': { ...types['working-days'], content: z.looseObject({}) } };
    const asked = (notifiedOn: string): Promise<Record<string, unknown>> =>
      computedFields('objection', {
        ...{ record: { subject, content: { notifiedOn }, kind: 'objection.1' }, cites: {}, source },
        rulebook: { ...rulebook, types: table },
      });
    expect(await asked('2024-03-01')).toEqual({ notifiedOn: '2024-03-01', due: '2024-03-12' });
    for (const day of ['2024-99-99', '2024', '2024-02-30', 'soon', ''])
      expect(await asked(day)).not.toHaveProperty('due');
  });
});

it('what is contested is proposed of nothing, where a draft acts on nothing that is anchored', async () => {
  const tools = { rulebook, source: nothing, now: time };
  expect(await contestedCites(undefined, {}, tools)).toEqual({});
  const current = currentOf(formatBusinessKey(subject, 'objection.1'));
  expect(await contestedCites({ current, issuer: '' }, {}, tools)).toEqual({});
});
