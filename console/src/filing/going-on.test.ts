import { buildRecord, type LedgerRecord } from '@carbon-ledger/core';
import { beginFiling, nextVersionOf } from './draft';
import { goingOnFrom } from './going-on';

const uscc = '91140000MA0FAKE01X';
const plant = { uscc, kind: 'enterprise', region: '140600' };
const evidence = (name: string, sha256: string): LedgerRecord['documents'][number] => ({
  ...{ role: 'evidence', name, mediaType: 'application/pdf', size: '1' },
  ...{ sha256: `sha256:${sha256.repeat(64)}`, sm3: `sm3:${sha256.repeat(64)}` },
});

const standing = buildRecord(
  {
    ...{ type: 'objection', issuer: uscc, subject: { uscc, unit: 'PLANT', period: '2024' } },
    content: { grounds: '理由一', notifiedOn: '2025-11-01', due: '2025-11-10' },
    documents: [evidence('a.pdf', 'a')],
  },
  () => '0'.repeat(32),
).record;

describe('going on from what stands', () => {
  const form = beginFiling('objection', plant, new URLSearchParams('unit=PLANT&period=2024'));

  it('is the next version where nothing was said yet', () => {
    expect(goingOnFrom(standing, [], form)).toEqual({ ...nextVersionOf(standing, []), cites: form.cites });
  });

  it('keeps what was said, its files and figures, and leaves the rest as it stands', () => {
    const said = {
      ...form,
      content: { ...form.content, grounds: '理由二' },
      documents: [evidence('a.pdf', 'a'), evidence('b.pdf', 'b')],
      figures: { allowance_tCO2: '2', gap_tCO2: '' },
    };
    const before = [
      { name: 'allowance_tCO2', value: '1', source: { document: 0, place: 'A1' } },
      { name: 'gap_tCO2', value: '3', source: { document: 0, place: 'A2' } },
    ];
    const next = goingOnFrom(standing, before, said);
    expect([next.version, next.content]).toEqual([2, { ...standing.content, grounds: '理由二' }]);
    expect(next.documents.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf']);
    expect(next.figures).toEqual({ allowance_tCO2: '2', gap_tCO2: '3' });
    // What was typed over does not stand in its cell any more.
    expect(Object.keys(next.sources ?? {})).toEqual(['gap_tCO2']);
  });
});
