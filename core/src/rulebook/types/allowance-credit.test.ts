import fc from 'fast-check';
import type { Allocation } from '../../state';
import { noAllocation, reallocate } from '../allocation';
import { recordTypes } from '../registry';
import {
  citedRecord,
  effectsOf,
  putListing,
  recordOf,
  someParties,
  toldOf,
  undoOf,
  type Situation,
} from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';

const { enterprise } = someParties;
const province = '11140000MA0TRYA04Q';
const amounts = ['entitled_t', 'credited_t', 'handBack_t', 'deductionLeft_t'] as const;
const promise: ContentPromise = {
  required: [...amounts, 'deducted_t', 'account'],
  optional: { reason: 'closing' },
  bad: [
    ...amounts.flatMap((field) =>
      ['-1', '1.5', '01', '+1', ''].map(
        (text) => [`${field} ${text}`, { [field]: text }, `/content/${field}`] as const,
      ),
    ),
    ...['1.5', '--1', '-0', '01'].map(
      (text) => [`a deduction of ${text}`, { deducted_t: text }, '/content/deducted_t'] as const,
    ),
    ['an account of nobody', { account: 'national' }, '/content/account'],
    ['a reason that the plan does not know', { reason: 'poor' }, '/content/reason'],
  ],
};

describe('the content of an issuance to the account', () => {
  it.each(contentTable('allowance-credit', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('allowance-credit', content)).toEqual(faults);
  });
});

interface Crediting extends Situation {
  readonly before?: Allocation;
  readonly label?: string;
  readonly issued?: string;
}

/** What the registry makes of an issuance of so many tonnes, by the ledger's own sums; a change makes it wrong. */
function crediting({ before = noAllocation, label = '', issued = '30000', ...more }: Crediting = {}): Situation {
  const { next, credited, deducted, remaining } = reallocate(before, BigInt(issued));
  const figure = label === '.pre' ? 'preallocation_tCO2' : 'allowance_tCO2';
  const issuance = citedRecord('allowance-issuance', {
    kind: `allowance-issuance${label}`,
    figures: { [figure]: issued },
  });
  return {
    ...{ kind: `allowance-credit${label}`, cited: { issuance: [issuance] } },
    state: (view) => {
      putListing(view, enterprise, true);
      view.put('allocation', `${enterprise}/2024`, before);
    },
    ...more,
    content: {
      ...{ entitled_t: issued, credited_t: String(credited), deducted_t: String(deducted) },
      ...{ handBack_t: next.handBack, deductionLeft_t: String(remaining), account: 'enterprise', ...more.content },
    },
  };
}

const told = (given?: Crediting): Promise<string[]> => toldOf('allowance-credit', crediting(given));

describe('an issuance to the account', () => {
  it.each(['', '.pre', '.adjustment'])('carries the label of what it issues: %s', async (label) => {
    expect(await told({ label })).toEqual([]);
    expect(await told({ label, kind: label === '.pre' ? 'allowance-credit' : 'allowance-credit.pre' })).toEqual([
      'BAD_RECORD /kind',
    ]);
  });

  it('issues what the province determined, to the tonne', async () => {
    const wrong = await told({ content: { entitled_t: '29999' } });
    expect(wrong[0]).toBe('BAD_RECORD /content/entitled_t');
  });

  it.each(['deducted_t', 'credited_t', 'handBack_t', 'deductionLeft_t'])(
    'goes back where %s is a tonne off',
    async (field) => {
      expect(await told({ content: { [field]: '30001' } })).toEqual([`BAD_RECORD /content/${field}`]);
    },
  );

  it('follows the deduction example of the draft plan 2025/2026 through both of its steps', async () => {
    const due: Allocation = { ...noAllocation, deductions: { 'default-2024': '70000' } };
    const pre = await told({
      label: '.pre',
      issued: '50000',
      before: due,
      content: { deducted_t: '50000', credited_t: '0', deductionLeft_t: '20000' },
    });
    expect(pre).toEqual([]);
    const before = { ...due, entitled: '50000', deducted: '50000' };
    const final = { deducted_t: '-20000', credited_t: '0', handBack_t: '0', deductionLeft_t: '40000' };
    expect(await told({ before, content: final })).toEqual([]);
  });

  it('is of a key emitter alone', async () => {
    const unlisted = await told({ state: () => undefined });
    expect(unlisted).toHaveLength(1);
    expect(unlisted[0]).toMatch(/^[A-Z_]+ \/subject/);
  });

  it.each([
    ['enterprise', undefined, []],
    ['enterprise', 'closing', ['BAD_RECORD /content/reason']],
    ['provincial', undefined, ['BAD_RECORD /content/reason']],
    ['provincial', 'frozen', []],
    ['provincial', 'default', []],
  ])('to the account of the %s gives the reason %s', async (account, reason, expected) => {
    expect(await told({ content: { account, reason } })).toEqual(expected);
  });

  it('puts what the province holds on the account of who determined it', () => {
    const cited = { issuance: [citedRecord('allowance-issuance', { issuer: province })] };
    const shared = { do: 'allocate', uscc: enterprise, vintage: '2024', entitled: '5', how: 'allowance-credit' };
    const effect = (account: string): unknown =>
      effectsOf('allowance-credit', { cited, content: { entitled_t: '5', account } });
    expect(effect('provincial')).toEqual([{ ...shared, account: province, isFinal: true }]);
    expect(effect('enterprise')).toEqual([{ ...shared, account: enterprise, isFinal: true }]);
  });

  it('hands what is left to deduct on to the next vintage only once it is final', () => {
    const isFinal = (kind: string): unknown =>
      (effectsOf('allowance-credit', { kind })[0] as { isFinal: boolean }).isFinal;
    expect(['allowance-credit.pre', 'allowance-credit', 'allowance-credit.adjustment'].map(isFinal)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('is a step that is not taken back, and moves the issuance on by its own label', () => {
    expect(undoOf('allowance-credit')).toBe('refused');
    const acts = recordTypes['allowance-credit'].acts?.(recordOf('allowance-credit', { kind: 'allowance-credit.pre' }));
    expect(acts).toEqual([{ role: 'issuance', trigger: 'allowance-credit.pre' }]);
  });

  it('is taken exactly with the sums that it comes to, whatever stood there before', async () => {
    const tonnes = fc.bigInt({ min: 0n, max: 500n }).map(String);
    const standing = fc.record({
      entitled: tonnes,
      deducted: tonnes,
      handBack: tonnes,
      deductions: fc.constant({ x: '30' }),
    });
    await fc.assert(
      fc.asyncProperty(standing, tonnes, fc.constantFrom(...amounts), async (before, issued, field) => {
        const fits = {
          ...before,
          deducted: BigInt(before.deducted) > BigInt(before.entitled) ? before.entitled : before.deducted,
        };
        expect(await told({ before: fits, issued })).toEqual([]);
        const off = await told({ before: fits, issued, content: { [field]: '999999' } });
        expect(off).toContain(`BAD_RECORD /content/${field}`);
      }),
      { numRuns: 40 },
    );
  });
});
