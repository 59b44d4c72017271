import { someParties } from '../../../core/src/rulebook/testing/bench';
import { broken, type SmallLedger } from '../../../test/support/small-ledger';

const { enterprise } = someParties;
const province = '11140000MA0TRYA04Q';

const place = (pool: string, account: string = enterprise, vintage = '2024'): string => `${account}/${vintage}/${pool}`;

const credited = { entitled_t: '100', deducted_t: '0', credited_t: '100', account: 'enterprise' };

/** 100 t issued; 60 t of them sold, 30 t surrendered. */
function account(ledger: SmallLedger): void {
  const credit = ledger.file('allowance-credit', { content: credited });
  ledger.move(credit, 0, '100', place('issued'), place('held'));
  const sale = ledger.file('allowance-transfer', { content: { quantity_t: '60', to: province } });
  ledger.move(sale, 0, '60', place('held'), place('held', province));
  const surrender = ledger.file('surrender', { content: { allowances: [{ vintage: '2024', qty: '30' }] } });
  ledger.move(surrender, 0, '30', place('held'), place('surrendered'));
}

describe('of every vintage as much stays as was issued', () => {
  const name = 'of every vintage as much stays as was issued';

  it('holds of what is issued, sold and surrendered', async () => {
    expect(await broken(account)).toEqual([]);
  });

  it('names tonnes that no record moves to an account', async () => {
    const found = await broken((ledger) => {
      account(ledger);
      ledger.put('holding', `${place('held')}/${'f'.repeat(64)}-0`, { q: '5', r: 'f', how: 'x', on: '2025-01-01' });
    });
    expect(found).toEqual([
      expect.stringMatching(new RegExp(`^${name}: .* holds 5 t, and no record moves them there`)),
    ]);
  });

  it('names a row that has other tonnes than its record, and one that is missing', async () => {
    const found = await broken((ledger) => {
      const credit = ledger.file('allowance-credit', { content: credited });
      ledger.put('holding', `${place('held')}/${credit.slice(4)}-0`, { q: '101', r: 'f', how: 'x', on: '2025-01-01' });
    });
    expect(found).toEqual([
      expect.stringMatching(/issued\/\d+-0 holds undefined t, not -100 t/),
      expect.stringMatching(/held\/\d+-0 holds 101 t, not 100 t/),
    ]);
  });

  it('names an account that gave what it did not have', async () => {
    const found = await broken((ledger) => {
      account(ledger);
      const again = ledger.file('allowance-transfer', {
        subject: { unit: 'U2' },
        content: { quantity_t: '11', to: province },
      });
      ledger.move(again, 0, '11', place('held'), place('held', province));
    });
    expect(found).toEqual([`${name}: ${place('held')} comes to -1 t`]);
  });

  it('follows deductions, cancellations, hand-backs and what is carried over', async () => {
    const found = await broken((ledger) => {
      const credit = ledger.file('allowance-credit', { content: { ...credited, deducted_t: '20' } });
      ledger.move(credit, 0, '100', place('issued'), place('held'));
      ledger.move(credit, 1, '20', place('issued'), place('deducted'));
      const back = ledger.file('allowance-credit', {
        ...{ kind: 'allowance-credit.adjustment', content: { ...credited, credited_t: '0', deducted_t: '-20' } },
      });
      ledger.move(back, 1, '20', place('deducted'), place('issued'));
      const ways = [
        ['cancellation', 'cancelled'],
        ['hand-back', 'issued'],
        ['carry-over', 'issued'],
      ] as const;
      for (const [at, [how, pool]] of ways.entries()) {
        const toVintage = how === 'carry-over' ? '2025' : undefined;
        const content = { how, to: undefined, quantity_t: '10', toVintage };
        const id = ledger.file('allowance-transfer', { subject: { unit: `T${String(at)}` }, content });
        ledger.move(id, 0, '10', place('held'), place(pool));
        if (toVintage !== undefined)
          ledger.move(id, 1, '10', place('issued', enterprise, '2025'), place('held', enterprise, '2025'));
      }
    });
    expect(found).toEqual([]);
  });

  it('puts what the province holds on the account of who determined it', async () => {
    const found = await broken((ledger) => {
      const issuance = ledger.file('allowance-issuance', { issuer: province });
      const rules = ledger.file('parameter', { issuer: enterprise });
      const cites = [
        { role: 'parameters', record: rules, key: `${province}/POWER/2024/parameter` },
        { role: 'issuance', record: issuance, key: `${enterprise}/PLANT/2024/allowance-issuance` },
      ];
      const credit = ledger.file('allowance-credit', { content: { ...credited, account: 'provincial' } }, cites);
      ledger.move(credit, 0, '100', place('issued'), place('held', province));
    });
    expect(found).toEqual([]);
  });
});
