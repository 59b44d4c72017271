import { freezeEntry, type LedgerRecord } from '@carbon-ledger/core';
import { recordOf, someParties } from '../../../core/src/rulebook/testing/bench';
import { broken, type SmallLedger } from '../../../test/support/small-ledger';

const { enterprise } = someParties;
const province = '11140000MA0TRYA04Q';

describe('what came into a frozen year is marked', () => {
  const name = 'what came into a frozen year is marked';
  const covered = [{ uscc: enterprise, years: ['2024'] }];
  const ofProvince = { issuer: province, subject: { uscc: province } };
  const month = { subject: { period: '2024-03' } };

  function frozen(ledger: SmallLedger): LedgerRecord['cites'] {
    const id = ledger.file('inspection', { ...ofProvince, content: { covered } });
    ledger.entry(`${enterprise}/U1/2024`, freezeEntry(id.slice(4)), { v: 1, r: id.slice(4) });
    return [{ role: 'inspection', record: id, key: `${province}/-/2024/inspection.1` }];
  }

  function mark(ledger: SmallLedger, id: string): void {
    ledger.head(recordOf('monthly-evidence', month), { v: 1, r: id.slice(4), f: 'a' });
  }

  it('names what came in between and does not say so', async () => {
    const found = await broken((ledger) => {
      frozen(ledger);
      ledger.file('monthly-evidence', month);
    });
    expect(found).toEqual([
      expect.stringMatching(new RegExp(`^${name}: .*2024-03/monthly-evidence came while .* is not marked`)),
    ]);
  });

  it('holds of what was there before, of another year, of what is marked, and of what came after the end', async () => {
    const found = await broken((ledger) => {
      ledger.file('monthly-evidence', { subject: { period: '2024-01' } });
      const cites = frozen(ledger);
      ledger.file('monthly-evidence', { subject: { period: '2023-12' } });
      mark(ledger, ledger.file('monthly-evidence', month));
      ledger.file('closure', { ...ofProvince, content: { outcome: 'closed' } }, cites);
      ledger.file('monthly-evidence', { subject: { period: '2024-04' } });
    });
    expect(found).toEqual([]);
  });

  it('is not over with a rectification that was verified', async () => {
    const found = await broken((ledger) => {
      const cites = frozen(ledger);
      ledger.file('closure', { ...ofProvince, content: { outcome: 'verified' } }, cites);
      ledger.file('monthly-evidence', month);
    });
    expect(found).toHaveLength(1);
  });

  it('names a mark where nothing was frozen', async () => {
    const found = await broken((ledger) => {
      mark(ledger, ledger.file('monthly-evidence', month));
    });
    expect(found).toEqual([expect.stringMatching(new RegExp(`^${name}: .* is marked, and nothing held it frozen`))]);
  });
});
