import { agendaSource } from '../../../test/support/agenda-source';
import { MemoryLedger } from '../../../test/support/memory-ledger';
import { enterprise, ledgerId, msp, time } from '../../../test/support/trial-records';
import { recordTypeNames, type RecordType } from '../records';
import { formFields, rulebooks, type BuiltRecord, type Rulebook } from '../rulebook';
import { citedRecord, recordOf, type RecordWords } from '../rulebook/testing/bench';
import { computedFields, toldFields } from './computed';
import type { DraftSource } from './source';

const rulebook = rulebooks.get(1) as Rulebook;
const nothing = agendaSource(new MemoryLedger({ ledger: ledgerId, msp, time }, rulebooks));
const subject = { uscc: enterprise.uscc, unit: 'PLANT', period: '2025' };

function builtOf(type: RecordType, words: RecordWords = {}): BuiltRecord {
  const { id, key, record } = citedRecord(type, words);
  return { id, key, record, figures: [] };
}

function told(
  kind: string,
  content: Record<string, unknown>,
  cites: Record<string, BuiltRecord[]> = {},
  source: DraftSource = nothing,
): Promise<Record<string, unknown>> {
  const type = (kind.split('.')[0] ?? '') as RecordType;
  return computedFields(type, { record: { subject, content, kind }, cites, rulebook, source });
}

const values = (table: Readonly<Record<string, string>>): RecordWords => ({
  content: {
    values: Object.fromEntries(Object.entries(table).map(([name, value]) => [name, { value, unit: '1', source: 'x' }])),
  },
});
const range = { serialFrom: 'FIC-A-000000011', serialTo: 'FIC-A-000000060' };

describe('what the ledger tells of a record', () => {
  it('is named for each type by fields that its form has', () => {
    for (const type of recordTypeNames) {
      const names = formFields(type).map(({ name }) => name);
      expect(toldFields(type).filter((name) => !names.includes(name))).toEqual([]);
    }
    expect(toldFields('monthly-evidence')).toEqual(['due']);
    expect(toldFields('inspection')).toEqual([]);
  });

  it('is the last day of surrender of the year’s own parameters', async () => {
    const parameters = [builtOf('parameter', values({ 'surrender.deadline': '20261231' }))];
    expect(await told('surrender', {}, { parameters })).toEqual({ deadline: '2026-12-31', surrenderedOn: null });
    expect(await told('surrender', { allowances: [] }, { parameters })).toEqual({ deadline: '2026-12-31' });
    expect(await told('surrender', {}, { parameters: [builtOf('parameter', values({}))] })).toEqual({
      surrenderedOn: null,
    });
  });

  it.each([
    ['allowance-issuance', 'final'],
    ['allowance-issuance.pre', 'pre'],
    ['allowance-issuance.adjustment', 'adjustment'],
  ])('is the phase of %s', async (kind, phase) => {
    expect(await told(kind, {})).toEqual({ phase });
  });

  it('is how much is to be handed back, and into which vintage is carried', async () => {
    const allocation = { entitled: '0', deducted: '0', handBack: '700', deductions: {} };
    const source: DraftSource = { ...nothing, get: (() => Promise.resolve(allocation)) as DraftSource['get'] };
    expect(await told('allowance-transfer', { how: 'hand-back' }, {}, source)).toEqual({ quantity_t: '700' });
    const parameters = [builtOf('parameter', values({ 'carryOver.into': '2025' }))];
    expect(await told('allowance-transfer', { how: 'carry-over' }, { parameters })).toEqual({ toVintage: '2025' });
    expect(await told('allowance-transfer', { how: 'listed' }, { parameters })).toEqual({});
  });
});

describe('what the ledger tells of an offset', () => {
  const lot = builtOf('ccer-lot', { content: { projectRef: 'P-1', projectName: '海上风电', ...range, qty: '50' } });
  const freeze = builtOf('ccer-freeze', {
    content: { projectRef: 'P-1', ...range, serialTo: 'FIC-A-000000020', qty: '10' },
    cited: { 'ccer-lot': [citedRecord('ccer-lot')] },
  });
  const cites = { 'ccer-lot': [lot] };

  it('are the numbers of the lot, or of the freeze, and their count; those that are stated stand before them', async () => {
    expect(await told('ccer-freeze.1', {}, cites)).toEqual({ projectRef: 'P-1', ...range, qty: '50' });
    const through = { ...cites, 'ccer-freeze': [freeze] };
    const own = { ...range, serialTo: 'FIC-A-000000020', qty: '10' };
    expect(await told('ccer-cancellation.1', {}, through)).toEqual({ projectRef: 'P-1', ...own });
    const stated = { serialFrom: 'FIC-A-000000012', serialTo: 'FIC-A-000000013' };
    expect(await told('ccer-cancellation.1', stated, through)).toEqual({ projectRef: 'P-1', ...stated, qty: '2' });
  });

  it.each([
    [{ serialFrom: 'x' }],
    [{ serialFrom: 'FIC-A-9', serialTo: 'FIC-A-1' }],
    [{ serialFrom: 7, serialTo: 'FIC-A-1' }],
    [{ serialFrom: 'FIC-A-1', serialTo: null }],
  ])('is no count of numbers that are no range: %j', async (content) => {
    expect(await told('ccer-lot.A', content)).toEqual({});
  });

  it('is what is acted on: applied for, cancelled, frozen, reversed', async () => {
    const application = [builtOf('offset-application', { content: { applied_t: '4000' } })];
    expect(await told('offset-confirmation', { decision: 'confirm' }, { application })).toEqual({
      confirmed_t: '4000',
    });
    expect(await told('offset-confirmation', { decision: 'refuse' }, { application })).toEqual({});
    const cancellation = recordOf('ccer-cancellation', { content: { ...range, qty: '50' } });
    const cancelled = [{ ...builtOf('ccer-cancellation'), record: cancellation }];
    expect(await told('offset-booking.1', {}, { 'ccer-cancellation': cancelled })).toEqual({ qty: '50' });
    expect(await told('ccer-reversal.x', {}, { reversed: cancelled })).toEqual({
      ...{ ...range, qty: '50', purpose: 'national-offset' },
    });
    expect(await told('ccer-release.1', {}, { 'ccer-freeze': [freeze] })).toEqual({
      ...{ serialFrom: range.serialFrom, serialTo: 'FIC-A-000000020' },
    });
    const source = { ...nothing, record: () => Promise.resolve(lot.record) };
    expect(await told('ccer-sync.1', {}, { synced: [freeze] }, source)).toEqual({
      ...{ projectRef: 'P-1', projectName: '海上风电', qty: '10' },
    });
  });
});
