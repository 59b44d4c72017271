import { formatBusinessKey } from '@carbon-ledger/core';
import { beginFiling } from './draft';
import { numbered, type NumbersAsked } from './numbered';

const province = { uscc: '11140000MB0FAKE14J', kind: 'province-authority', region: '140000' };
const subject = { uscc: province.uscc, unit: 'PLANT', period: '2024' };

/** A ledger on which these kinds are taken, and on which one record leads on to another. */
function ledger(taken: readonly string[], actedOn?: { key: string; type: string; role: string }): NumbersAsked {
  const keys = new Set(
    taken.map((kind) => formatBusinessKey({ ...subject, unit: kind.startsWith('inspection') ? '-' : 'PLANT' }, kind)),
  );
  const heads = (asked: readonly string[]): unknown => ({
    heads: asked.map((key) => (keys.has(key) ? { key } : null)),
  });
  const actions = (): unknown => ({
    key: actedOn?.key ?? '',
    actions: actedOn === undefined ? [] : [{ file: actedOn }],
  });
  return {
    heads: (asked: readonly string[]) => Promise.resolve(heads(asked)),
    actions: () => Promise.resolve(actions()),
  } as NumbersAsked;
}

const begun = (type: 'inspection' | 'decision' | 'emitter-list') =>
  beginFiling(type, province, new URLSearchParams({ period: '2024', unit: 'PLANT', uscc: province.uscc }));

it('gives what there may be several of in a period the first number that is free', async () => {
  expect((await numbered(ledger([]), begun('inspection'))).kind).toBe('inspection.1');
  expect((await numbered(ledger(['inspection.1', 'inspection.2']), begun('inspection'))).kind).toBe('inspection.3');
  const used = Array.from({ length: 200 }, (_, at) => `inspection.${String(at + 1)}`);
  expect((await numbered(ledger(used), begun('inspection'))).kind).toBe('inspection.1000');
});

it('takes the number of what it acts on, where that is free', async () => {
  const on = { key: formatBusinessKey(subject, 'objection.2'), type: 'decision', role: 'objection' };
  const filing = { ...begun('decision'), cites: { objection: [`rec:${'a'.repeat(64)}`] } };
  expect((await numbered(ledger([], on), filing)).kind).toBe('decision.2');
  expect((await numbered(ledger(['decision.2'], on), filing)).kind).toBe('decision.1');
});

it('counts what is about another subject for itself: the first finding of the second inspection is the first of its plant', async () => {
  const key = formatBusinessKey({ ...subject, unit: '-' }, 'inspection.2');
  const filing = { ...begun('decision'), cites: { inspection: [`rec:${'a'.repeat(64)}`] } };
  expect((await numbered(ledger([], { key, type: 'decision', role: 'inspection' }), filing)).kind).toBe('decision.1');
});

it('leaves alone what has its number, what has none, and what says no period yet', async () => {
  const filings = [
    { ...begun('inspection'), kind: 'inspection.7' },
    begun('emitter-list'),
    beginFiling('inspection', province, new URLSearchParams()),
  ];
  for (const filing of filings) expect(await numbered(ledger([]), filing)).toBe(filing);
});
