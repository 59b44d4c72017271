import { businessKey } from '@carbon-ledger/core';
import { recordOf, someParties } from '../../../core/src/rulebook/testing/bench';
import { broken, type SmallLedger } from '../../../test/support/small-ledger';

const { enterprise } = someParties;

describe('one head per business key', () => {
  it('holds of versions that follow each other, the newest of them at the head', async () => {
    expect(
      await broken((ledger) => {
        ledger.file('sample-receipt', { kind: 'sample-receipt.x' });
        ledger.file('sample-receipt', { kind: 'sample-receipt.x', version: 2 });
      }),
    ).toEqual([]);
  });

  it.each([
    [2, 'version 2 comes as number 1'],
    [0, 'version 0 comes as number 1'],
  ])('names a first version %i', async (version, words) => {
    const found = await broken((ledger) => ledger.file('parameter', { version }));
    expect(found).toEqual([
      expect.stringContaining(`one head per business key: ${enterprise}/U1/2024/parameter: ${words}`),
    ]);
  });

  it('names a head that is not the newest version, and one that is not there', async () => {
    const found = await broken((ledger) => {
      ledger.file('parameter');
      ledger.file('parameter', { version: 2 });
      ledger.head(recordOf('parameter'), { v: 1, r: 'a' });
    });
    expect(found).toEqual([expect.stringMatching(/^one head per business key: .* the head is a,/)]);
  });
});

describe('what ended is marked', () => {
  const revoke = (ledger: SmallLedger, mark?: 'o' | 'w'): void => {
    const report = recordOf('test-report');
    const id = ledger.file('test-report');
    const cited = { role: 'revoked', record: id, key: businessKey(report) };
    ledger.file('revocation', { kind: 'revocation.test-report' }, [cited]);
    ledger.head(report, { v: 1, r: id.slice(4), ...(mark === undefined ? {} : { s: mark }) });
  };

  it('holds where a withdrawn record says so', async () => {
    expect(
      await broken((ledger) => {
        revoke(ledger, 'w');
      }),
    ).toEqual([]);
  });

  it.each([undefined, 'o'] as const)('names a withdrawn record whose head says %s', async (mark) => {
    expect(
      await broken((ledger) => {
        revoke(ledger, mark);
      }),
    ).toEqual([
      expect.stringMatching(/^what ended is marked: .*test-report is withdrawn, and its head does not say so/),
    ]);
  });

  it('names a mark that nothing set', async () => {
    const found = await broken((ledger) => {
      const id = ledger.file('test-report');
      ledger.head(recordOf('test-report'), { v: 1, r: id.slice(4), s: 'w' });
    });
    expect(found).toEqual([expect.stringMatching(/^what ended is marked: .* is marked, and nothing ended it/)]);
  });

  it('lets the next version stand unmarked', async () => {
    const found = await broken((ledger) => {
      revoke(ledger, 'w');
      ledger.file('test-report', { version: 2 });
    });
    expect(found).toEqual([]);
  });
});

describe('records that are not what they say', () => {
  it.each([
    ['a quantity that is no number', { quantity_t: 'many' }],
    ['a quantity that is missing', { quantity_t: null }],
  ])('are told and end nothing: %s', async (_, content) => {
    const found = await broken((ledger) => {
      ledger.file('allowance-transfer', { content });
      ledger.file('parameter', { version: 7 });
    });
    expect(found[0]).toMatch(/^of every vintage as much stays as was issued: .* cannot be read/);
    expect(found.some((one) => one.startsWith('one head per business key'))).toBe(true);
  });
});
