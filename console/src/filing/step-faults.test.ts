import { buildRecord, LedgerError, type BuiltRecord, type Fault } from '@carbon-ledger/core';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { beginFiling } from './draft';
import { stepFaults } from './step-faults';
import { draftOnce, type Drafting } from './told';

const uscc = '91140000MA0FAKE01X';
const plant = { uscc, kind: 'enterprise', region: '140600' };
const filing = beginFiling('objection', plant, new URLSearchParams('unit=PLANT&period=2024'));
const built = (version: number, cited: readonly string[] = []): BuiltRecord =>
  buildRecord(
    {
      ...{ type: 'objection', version, issuer: uscc, subject: { uscc, unit: 'PLANT', period: '2024' } },
      content: { grounds: '理由', notifiedOn: '2025-11-01', due: '2025-11-10' },
      cites: { contested: cited.map((period) => citedOf(period)) },
    },
    () => '0'.repeat(32),
  );
const citedOf = (period: string): BuiltRecord =>
  buildRecord({ type: 'annual-report', issuer: uscc, subject: { uscc, unit: 'PLANT', period }, content: {} }, () =>
    '0'.repeat(32),
  );

/** A ledger that drafts so, and would refuse it so. */
const ledger = (drafted: BuiltRecord, faults: readonly Fault[] = []): Drafting =>
  asked({ draft: () => Promise.resolve({ key: drafted.key, record: drafted.record, faults } as never) });
const asked = (client: Pick<LedgerClient, 'draft'>): Drafting => draftOnce(client, filing);
const fault = (path: string, code: Fault['code']): Fault => ({ path, code, message: 'no' });

describe('a step that the ledger would not take', () => {
  it('is told before it is signed: what stands under the key may not be followed', async () => {
    const taken = fault('/version', 'KEY_TAKEN');
    expect(await stepFaults(ledger(built(2), [taken]), built(2))).toEqual([taken]);
    expect(await stepFaults(ledger(built(2)), built(2))).toEqual([]);
  });

  it('is told where a version stands already that the form does not follow', async () => {
    expect(await stepFaults(ledger(built(3)), built(1))).toMatchObject([
      { path: '/version', code: 'KEY_TAKEN', message: expect.stringContaining('stands at version 2') as string },
    ]);
  });

  it('is told at the record that it acts on, wherever the form cites it', async () => {
    const drafted = ledger(built(1, ['2023', '2024']), [fault('/cites/1', 'STATE_CONFLICT')]);
    expect(await stepFaults(drafted, built(1, ['2024']))).toEqual([fault('/cites/0', 'STATE_CONFLICT')]);
    expect(await stepFaults(drafted, built(1, ['2022']))).toEqual([]);
  });

  it('says nothing of what is judged with the figures, which were not sent, nor where nothing can be drafted', async () => {
    const others = [fault('/figuresRoot', 'FIGURES_MISMATCH' as Fault['code']), fault('/cites/0', 'CITATION_MISMATCH')];
    expect(await stepFaults(ledger(built(1, ['2024']), others), built(1, ['2024']))).toEqual([]);
    const refusing = { draft: () => Promise.reject(new LedgerError('BAD_RECORD', 'no')) };
    expect(await stepFaults(asked(refusing), built(1))).toEqual([]);
    const broken = { draft: () => Promise.reject(new TypeError('gone')) };
    await expect(stepFaults(asked(broken), built(1))).rejects.toThrow('gone');
  });
});
