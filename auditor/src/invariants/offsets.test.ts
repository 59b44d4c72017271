import { noOffset, type OffsetAccount } from '@carbon-ledger/core';
import { someParties } from '../../../core/src/rulebook/testing/bench';
import { broken, type SmallLedger } from '../../../test/support/small-ledger';

const { enterprise } = someParties;

describe('no CCER number used twice', () => {
  const use = (ledger: SmallLedger, label: string, from: string, to: string): string =>
    ledger.file('ccer-cancellation', {
      ...{ kind: `ccer-cancellation.${label}`, subject: { unit: label, period: '2030' } },
      content: { serialFrom: from, serialTo: to },
    });
  const told = async (make: (ledger: SmallLedger) => void): Promise<string[]> => {
    const found = await broken(make);
    return found.map((one) => one.replace(/91140000MA0FAKE01X\/|\/2030\/ccer-cancellation\.\w+/g, ''));
  };

  it('compares numbers, not texts: 9 comes before 10', async () => {
    const apart = await told((ledger) => {
      use(ledger, 'a', 'X-1', 'X-9');
      use(ledger, 'b', 'X-10', 'X-20');
    });
    expect(apart).toEqual([]);
  });

  it('names a range inside another that others stand between, and one that only shares its end', async () => {
    const shared = await told((ledger) => {
      use(ledger, 'a', 'X-001', 'X-100');
      use(ledger, 'b', 'X-010', 'X-020');
      use(ledger, 'c', 'X-050', 'X-060');
      use(ledger, 'd', 'X-100', 'X-110');
    });
    expect(shared).toEqual(['b', 'c', 'd'].map((one) => `no CCER number used twice: ${one} uses numbers that a uses`));
  });

  it('tells blocks apart by their identity, however they are written', async () => {
    const found = await told((ledger) => {
      use(ledger, 'a', 'fic-A-01', 'fic-A-09');
      use(ledger, 'b', 'FIC-A-05', 'FIC-A-06');
      use(ledger, 'c', 'FIC-B-05', 'FIC-B-06');
    });
    expect(found).toEqual(['no CCER number used twice: b uses numbers that a uses']);
  });

  it('counts no cancellation that was reversed', async () => {
    const found = await told((ledger) => {
      const id = use(ledger, 'a', 'X-1', 'X-5');
      const key = `${enterprise}/a/2030/ccer-cancellation.a`;
      ledger.file('ccer-reversal', { kind: 'ccer-reversal.x' }, [{ role: 'reversed', record: id, key }]);
      ledger.head(
        { subject: { uscc: enterprise, unit: 'a', period: '2030' }, kind: 'ccer-cancellation.a' },
        { v: 1, r: id.slice(4), s: 'w' },
      );
      use(ledger, 'b', 'X-1', 'X-5');
    });
    expect(found).toEqual([]);
  });

  it('names a cancellation that names no numbers', async () => {
    expect(await told((ledger) => use(ledger, 'a', 'X-9', 'X-1'))).toEqual([
      'no CCER number used twice: a names no range of numbers',
    ]);
  });
});

describe('no more booked than cancelled, confirmed and capped', () => {
  const name = 'no more booked than cancelled, confirmed and capped';
  const year = `${enterprise}/2024`;
  const booked = (change: Partial<OffsetAccount>): ((ledger: SmallLedger) => void) => {
    const bookings = [
      { key: 'first', q: '30' },
      { key: 'last', q: '20' },
    ];
    return (ledger) => {
      ledger.file('offset-booking', { kind: 'offset-booking.x' });
      ledger.put('offset', year, { ...noOffset, confirmed: '50', cancelled: '50', bookings, ...change });
    };
  };

  it.each<[string, Partial<OffsetAccount>, boolean]>([
    ['as much as was cancelled and confirmed', {}, true],
    ['exactly the cap', { due: '1000', rate: '0.05' }, true],
    ['more than the cap of what is verified now, named by its bookings', { due: '900', rate: '0.05' }, true],
    ['a tonne more than was cancelled', { cancelled: '49' }, false],
    ['as much as was cancelled, a tonne more than was confirmed', { confirmed: '49' }, false],
  ])('is asked of a year with %s', async (_, change, holds) => {
    expect(await broken(booked(change))).toEqual(
      holds ? [] : [expect.stringContaining(`${name}: ${year}: 50 t booked`)],
    );
  });
});
