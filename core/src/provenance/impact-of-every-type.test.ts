import { businessKey, recordId, recordTypeNames, type LedgerRecord, type RecordType } from '../records';
import { processes, recordTypes, type BuiltRecord, type CitationRule } from '../rulebook';
import { isTakingBack } from '../rulebook/actions';
import { recordOf, someParties, type RecordWords } from '../rulebook/testing/bench';
import { accountNames } from './names';
import { impactOfWithdrawal, type Impact } from './impact';
import { ShelfSource } from './testing/shelf-source';
import { tonnesNames } from './tonnes';

/*
 * What the withdrawal of a record of each type would change, before it is done. Generated from the tables: a type that comes
 * later is asked too, and one that moves tonnes without saying so in `accounts` does not compile.
 */
const { enterprise, lab } = someParties;

function built(record: LedgerRecord): BuiltRecord {
  return { id: recordId(record), key: businessKey(record), record, figures: [] };
}

const made = (type: RecordType, words: RecordWords = {}): BuiltRecord => built(recordOf(type, words));

/** Enterprises are told apart from who else is spoken of by their registrations. */
const parties = [
  [enterprise, 'enterprise'],
  [lab, 'lab'],
].map(([uscc = '', kind]) => made('party', { subject: { uscc, unit: '-', period: '-' }, content: { kind } }));

/** The first state of a type's life that a first version leads to. */
function firstStateOf(type: RecordType): string {
  return processes[recordTypes[type].process].transitions.find(({ on }) => on === 'filed')?.to ?? '';
}

async function answer(root: BuiltRecord, resting: readonly BuiltRecord[] = [], price = '90'): Promise<Impact> {
  const shelf = new ShelfSource([...parties.filter(({ key }) => key !== root.key), root, ...resting]);
  shelf.change(root.id, { state: firstStateOf(root.record.type) });
  return impactOfWithdrawal(shelf, root.id, price);
}

const told = ({ accounts }: Impact): string[] =>
  accounts.map(({ party, year, account, change_t }) => {
    const who = party === enterprise ? 'enterprise' : party === lab ? 'lab' : party;
    return [who, year, account, change_t ?? '?'].join(' ');
  });

/** What the example of a type did to accounts, taken back; written by hand. A type that is not here moves nothing. */
const moves: Partial<Record<RecordType, readonly string[]>> = {
  'allowance-credit': ['enterprise 2024 deducted 20000'],
  'allowance-transfer': ['enterprise 2024 held 10000', 'lab 2024 held -10000'],
  'offset-confirmation': ['enterprise 2024 ccerConfirmed -60000'],
  'ccer-lot': ['enterprise - ccerIssued -45000'],
  'ccer-freeze': ['enterprise 2024 ccerFrozen -45000'],
  // How much of a freeze was left to be released, no record says.
  'ccer-release': ['enterprise 2024 ccerFrozen ?'],
  'ccer-cancellation': ['enterprise 2024 ccerUsed -45000', 'enterprise 2024 ccerCancelled -45000'],
  'ccer-reversal': ['enterprise 2024 ccerUsed 45000', 'enterprise 2024 ccerCancelled 45000'],
  surrender: ['enterprise 2024 held 4086356', 'enterprise 2024 surrendered -4086356'],
  'offset-booking': ['enterprise 2024 ccerBooked -45000'],
  default: ['enterprise 2025 deduction -21901'],
};

describe.each(recordTypeNames)('the impact of a withdrawn %s', (type) => {
  it('is told in tonnes, accounts, money and plants', async () => {
    const root = made(type);
    const found = await answer(root);
    expect(found).toMatchObject({ record: root.id, key: root.key, assume: 'withdrawn', records: [] });
    expect(Object.keys(found.tonnes).sort()).toEqual([...tonnesNames].sort());
    expect(told(found)).toEqual(moves[type] ?? []);
    for (const { account } of found.accounts) expect(accountNames).toContain(account);
    expect(found.money?.price).toBe('90');
    expect(found.plants).toEqual([enterprise]);
  });

  it('says by whom it may be taken back, or that another step follows on it', async () => {
    const { undo, process } = recordTypes[type];
    const first = firstStateOf(type);
    const open = processes[process].transitions.filter(({ on, from }) => isTakingBack(on) && from.includes(first));
    const expected = open.map(({ on }) => on).filter((on) => on === 'ccer-reversal' || undo !== 'refused');
    const { takenBackBy } = await answer(made(type));
    expect(takenBackBy.map(({ step }) => step).sort()).toEqual(expected.sort());
    for (const { by } of takenBackBy) expect(by.length).toBeGreaterThan(0);
  });

  it('names whatever rests on it, and what cannot stand without it', async () => {
    const root = made(type);
    for (const { citer, rule } of citersOf(root)) {
      const { records } = await answer(root, [citer]);
      expect(records).toEqual([{ id: citer.id, key: citer.key, falls: rule.min > 0 }]);
    }
  });

  it('takes back what those did that fall with it, and leaves alone those that do not', async () => {
    const root = made(type);
    const own = await answer(root);
    for (const { citer, rule } of citersOf(root)) {
      const both = await answer(root, [citer]);
      const apart = rule.min === 0 ? [] : (await answer(citer)).accounts;
      for (const account of accountNames)
        expect([account, sumOf(account, both.accounts)]).toEqual([
          account,
          sumOf(account, [...own.accounts, ...apart]),
        ]);
    }
  });
});

/** Tonnes of an account over all parties and years; null where one of them is not known. */
function sumOf(account: string, changes: Impact['accounts']): bigint | null {
  const of = changes.filter((one) => one.account === account);
  if (of.some(({ change_t }) => change_t === null)) return null;
  return of.reduce((sum, { change_t }) => sum + BigInt(change_t ?? '0'), 0n);
}

function fits({ type }: CitationRule, cited: RecordType): boolean {
  const types: readonly string[] = typeof type === 'string' ? [type] : type;
  return types.includes('any') || types.includes(cited);
}

/** A record of every type that may cite another, in every role in which it may. */
function citersOf(root: BuiltRecord): { readonly citer: BuiltRecord; readonly rule: CitationRule }[] {
  return recordTypeNames
    .filter((type) => type !== 'supersession' && type !== 'revocation')
    .flatMap((type) => {
      const bare = recordOf(type, { version: 7 });
      return recordTypes[type]
        .cites(bare)
        .filter((rule) => fits(rule, root.record.type))
        .map((rule) => {
          const cites = [{ role: rule.role, record: root.id, key: root.key }];
          return { citer: built({ ...bare, cites }), rule };
        });
    });
}

describe('several that are cited in one role', () => {
  const cancelled = (at: number): BuiltRecord =>
    made('ccer-cancellation', {
      kind: `ccer-cancellation.${String(at)}`,
      content: { serialFrom: `FIC-A-${String(at)}000`, serialTo: `FIC-A-${String(at)}009`, qty: '10' },
    });
  const month = (period: string): BuiltRecord => made('monthly-evidence', { subject: { period } });

  it('go on counting without one of them where each counts for itself', async () => {
    const [one, two] = [cancelled(1), cancelled(2)];
    const surrender = recordOf('surrender', { content: { surrenderedOn: null, allowances: undefined } });
    const cites = [one, two].map(({ id, key }) => ({ role: 'ccer-cancellation', record: id, key }));
    const { records } = await answer(one, [two, built({ ...surrender, cites })]);
    expect(records.map(({ falls }) => falls)).toEqual([false]);
  });

  it('are no whole without one of them where they count together', async () => {
    const [one, two] = [month('2024-01'), month('2024-02')];
    const cites = [one, two].map(({ id, key }) => ({ role: 'monthly-evidence', record: id, key }));
    const { records } = await answer(one, [two, built({ ...recordOf('annual-report'), cites })]);
    expect(records.map(({ falls }) => falls)).toEqual([true]);
  });
});
