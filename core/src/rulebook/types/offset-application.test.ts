import fc from 'fast-check';
import { citedRecord, putListing, putParty, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';
import { capOf } from './offset-application';

const { enterprise } = someParties;
const row = { projectRef: '1467848700000000001', qty: '60000' };

const promise: ContentPromise = {
  required: ['ccerAccount', 'allowanceAccount', 'obligation_t', 'applied_t', 'share_pct', 'rows', 'declared'],
  texts: ['ccerAccount', 'allowanceAccount'],
  bad: [
    ['an account of 81 characters', { ccerAccount: 'x'.repeat(81) }, '/content/ccerAccount'],
    ['no tonnes', { applied_t: '0' }, '/content/applied_t'],
    ['an obligation with decimals', { obligation_t: '4146356.0' }, '/content/obligation_t'],
    ['a share with a sign of per cent', { share_pct: '1.45 %' }, '/content/share_pct'],
    ['no rows', { rows: [] }, '/content/rows'],
    ['101 rows', { rows: Array.from({ length: 101 }, () => row) }, '/content/rows'],
    ['a row of nothing', { rows: [{ ...row, qty: '0' }] }, '/content/rows/0/qty'],
    ['a row without project', { rows: [row, { qty: '1' }] }, '/content/rows/1/projectRef'],
    ['a row of a project that nobody sees', { rows: [{ ...row, projectRef: '\u200b' }] }, '/content/rows/0/projectRef'],
    ['a row with a field more', { rows: [{ ...row, price: '80' }] }, '/content/rows/0'],
    ['nothing declared', { declared: false }, '/content/declared'],
    ['the telephone of a contact', { phone: '13800000000' }, '/content'],
  ],
};

describe('the content of an offset application', () => {
  it.each(goodContents('offset-application', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('offset-application', content)).toEqual([]);
  });
  it.each(badContents('offset-application', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('offset-application', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

interface Cited {
  readonly due?: string;
  readonly rate?: string;
}

function citing({ due = '4146356', rate = '0.05' }: Cited): NonNullable<Situation['cited']> {
  const values = { ccerCapRate: { value: rate, unit: '1', source: '…' } };
  return {
    parameters: [citedRecord('parameter', { content: { values } })],
    'verification-conclusion': [citedRecord('verification-conclusion', { figures: { verifiedEmission_tCO2: due } })],
  };
}

const accounts = { ccerAccountId: 'FIC-CCER-0000001', allowanceAccountId: 'FIC-CEA-0000001' };

function applying(
  content: Record<string, unknown> = {},
  cited: Cited = {},
  identifiers: Record<string, string> = accounts,
  listed = true,
): Situation {
  return {
    content,
    cited: citing(cited),
    state: (view) => {
      putParty(view, enterprise, { identifiers });
      if (listed) putListing(view, enterprise, true);
    },
  };
}

const faults = (...args: Parameters<typeof applying>): Promise<string[]> =>
  toldOf('offset-application', applying(...args));

/** Rows, share and sum of an application for some tonnes. */
const tonnes = (applied: bigint, share: string): Record<string, unknown> => ({
  applied_t: applied.toString(),
  share_pct: share,
  rows: [{ ...row, qty: applied.toString() }],
});

describe('an offset application', () => {
  it('is right as its example shows it', async () => {
    expect(await faults()).toEqual([]);
  });

  it('states the verified emissions as its obligation', async () => {
    expect(await faults({ obligation_t: '4146357' })).toEqual(['BAD_RECORD /content/obligation_t']);
  });

  it('takes the cap to the tonne and not one more (R-L21); the rate stands on the ledger', async () => {
    expect(await faults(tonnes(207_317n, '5.00'))).toEqual([]);
    expect(await faults(tonnes(207_318n, '5.00'))).toEqual(['OVER_CAP /content/applied_t']);
    expect(await faults(tonnes(207_318n, '5.00'), { rate: '0.1' })).toEqual([]);
  });

  it('has a cap of whole tonnes, cut off and never rounded up', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 10_000 }), (due, rate) => {
        const text = (rate / 10_000).toFixed(4);
        const scope = citedRecord('offset-application', { cited: citing({ due: due.toString(), rate: text }) });
        expect(capOf(scope)).toEqual({ due: due.toString(), cap: ((due * BigInt(rate)) / 10_000n).toString() });
      }),
    );
  });

  it('says that the records it cites give no obligation', async () => {
    const bare = { ...citing({}), parameters: [citedRecord('parameter', { content: { values: {} } })] };
    const found = await toldOf('offset-application', { ...applying(), cited: bare });
    expect(found).toEqual(['FIGURE_MISSING /content/obligation_t']);
  });

  it('applies for what its rows come to (C12)', async () => {
    const rows = [
      { ...row, qty: '59999' },
      { ...row, qty: '2' },
    ];
    expect(await faults({ rows })).toEqual(['C12 /content/applied_t']);
    expect(
      await faults({
        rows: [
          { ...row, qty: '59999' },
          { ...row, qty: '1' },
        ],
      }),
    ).toEqual([]);
  });

  it.each(['1.44', '1.46', '1.450', '1.4'])(
    'states its share to two decimals and rightly, not %s (R-L33)',
    async (share) => {
      expect(await faults({ share_pct: share })).toEqual(['R-L33 /content/share_pct']);
    },
  );

  it('names the accounts that the registration binds to the enterprise (C11)', async () => {
    expect(await faults({ ccerAccount: 'FIC-CCER-2', allowanceAccount: 'FIC-CEA-2' })).toEqual([
      'C11 /content/ccerAccount',
      'C11 /content/allowanceAccount',
    ]);
    expect(await faults({}, {}, {})).toHaveLength(2);
    expect(await faults({ ccerAccount: 'fic ccer 1', allowanceAccount: 'ＦＩＣ-ＣＥＡ-1' })).toEqual([]);
  });

  it('is of an enterprise on the list of the year', async () => {
    expect(await faults({}, {}, accounts, false)).toEqual(['NOT_LISTED /subject/uscc']);
  });
});
