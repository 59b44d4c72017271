import type { BrokenFigure } from '../book';
import { record, uscc } from '../testing/books';
import { found, touched, type Case } from '../testing/found';

const key = `${uscc}/U1/2024-03/monthly-evidence`;
const brokenAt = (at: string, figure: string): BrokenFigure => ({
  ...{ address: `${at}#${figure}`, kind: 'monthly-evidence', figure, inputs: [`${at}#fc_t`] },
  ...{ expected: '2.00', got: '1.00' },
});
const each = 'monthly-evidence@unit';
const records = [record({})];

function of(figures: readonly string[], broken?: readonly BrokenFigure[]): Promise<readonly string[]> {
  const more: Case['more'] = broken === undefined ? {} : { broken: () => broken };
  return found('recomputed', figures.length === 0 ? {} : { figures }, { records, each, more });
}

describe('recomputed', () => {
  it('tells every figure that the methodology makes otherwise, or the named ones alone', async () => {
    const broken = [brokenAt(key, 'x'), brokenAt(key, 'y')];
    expect(await of([], broken)).toEqual(['U1/2024-03 1.00', 'U1/2024-03 1.00']);
    expect(await of(['y'], broken)).toEqual(['U1/2024-03 1.00']);
    expect(await of(['z'], broken)).toEqual([]);
  });

  it('says what it should be, and touches its inputs', async () => {
    const more = { broken: () => [brokenAt(key, 'x')] };
    expect(await touched('recomputed', {}, { records, each, more })).toEqual([
      ['2.00', 'U1/2024-03/monthly-evidence#x', 'U1/2024-03/monthly-evidence#fc_t'],
    ]);
  });

  it('leaves a record alone that the check does not look at', async () => {
    expect(await of([], [brokenAt(`${uscc}/U2/2024-03/monthly-evidence`, 'x')])).toEqual([]);
  });

  it('is not run, and says so, where nobody can compute the figures anew', async () => {
    expect(await of([])).toEqual(['lacks the methodology of the year']);
    expect(await of([], [])).toEqual([]);
  });

  it('asks for the figures once, however many records there are', async () => {
    const broken = jest.fn(() => [] as const);
    const both = [record({}), record({ period: '2024-04' })];
    await found('recomputed', {}, { records: both, each, more: { broken } });
    expect(broken).toHaveBeenCalledTimes(1);
  });
});
