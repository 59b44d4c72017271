import { buildRecord, derivedSalts, type RecordDraft } from '@carbon-ledger/core';
import { buildSalted } from './build-salted';

const salts = derivedSalts(new Uint8Array(32).fill(7));
const subject = { uscc: '91140000MA0FAKE01X', unit: 'U1', period: '2024-03' };
const draft: RecordDraft = {
  type: 'test-report',
  issuer: '91140100MA0FAKE2XU',
  subject,
  content: { reportNo: 'R-1' },
  figures: { Cad_pct: '57.12', Mad_pct: '1.50' },
};

describe('a record whose salts come from the key', () => {
  it('is the record that is made where the key is', async () => {
    const made = await buildSalted(draft, (of) => Promise.resolve(of.map((question) => salts(...question))));
    expect(made).toEqual(buildRecord(draft, salts));
    expect(made.figures.map(({ salt }) => salt)).not.toContain('0'.repeat(32));
  });

  it('is not made where a salt is missing', async () => {
    await expect(buildSalted(draft, () => Promise.resolve([]))).rejects.toThrow('no salt');
  });

  it('asks for nothing where no figure is private', async () => {
    let asked = -1;
    const { figures: none, ...bare } = draft;
    expect(none).toBeDefined();
    await buildSalted(bare, (of) => {
      asked = of.length;
      return Promise.resolve([]);
    });
    expect(asked).toBe(0);
  });
});
