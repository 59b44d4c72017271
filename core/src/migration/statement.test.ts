import fc from 'fast-check';
import { EarlierWorld, newId, then } from '../../../test/support/earlier-ledger';
import { codeOf } from '../../../test/support/code-of';
import { msp } from '../../../test/support/trial-records';
import { toHex } from '../bytes';
import { isLedgerError } from '../errors';
import { recordOf } from '../rulebook/testing/bench';
import { openMigration } from './opening';
import { earlierCheckpoint, migrationDigest, parseMigrationStatement, type MigrationStatement } from './statement';
import { assertNotImporting, parseBatchProof } from './take-batch';
import { noProgress } from './progress';
import { parseEarlierMarks, parseEarlierTransaction } from './transaction';

const facts = { ledger: newId, msp, time: '2026-11-21T08:00:10Z' };
let statement: MigrationStatement;
let world: EarlierWorld;
beforeAll(async () => {
  world = await EarlierWorld.open();
  statement = await world.statement({ organisations: { OldMSP: ['NewMSP', 'OtherMSP'] } });
});

function faultsOf(work: () => unknown): (readonly [code: string, path: string])[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return error.faults.map(({ code, path }) => [code, path] as const);
  }
}

describe('a statement of migration', () => {
  it('reads as it was signed, also after it travelled', () => {
    expect(parseMigrationStatement(JSON.parse(JSON.stringify(statement)))).toEqual(statement);
  });

  it.each<[string, (one: MigrationStatement) => unknown, string[]]>([
    ['of another form', (one) => ({ ...one, schema: 'carbon-ledger/migration/v2' }), ['/schema']],
    ['for a ledger that is no id', (one) => ({ ...one, ledger: `0x${newId}` }), ['/ledger']],
    ['by a founder that is no enterprise', (one) => ({ ...one, founder: '1' }), ['/founder']],
    [
      'of no transactions',
      (one) => ({ ...one, earlier: { ...one.earlier, transactions: 0 } }),
      ['/earlier/transactions'],
    ],
    ['of half one', (one) => ({ ...one, earlier: { ...one.earlier, transactions: 1.5 } }), ['/earlier/transactions']],
    [
      'of a short root',
      (one) => ({ ...one, earlier: { ...one.earlier, transactionsRoot: 'ab' } }),
      ['/earlier/transactionsRoot'],
    ],
    ['for nobody in the place of one', (one) => ({ ...one, organisations: { OldMSP: [] } }), ['/organisations/OldMSP']],
    ['signed at no instant', (one) => ({ ...one, signedAt: '2025-02-30T00:00:00Z' }), ['/signedAt']],
    ['signed by no key', (one) => ({ ...one, keyId: 'me' }), ['/keyId']],
    ['signed with nothing', (one) => ({ ...one, signature: '0x' }), ['/signature']],
    ['with two faults', (one) => ({ ...one, suite: 'rsa', keyId: '' }), ['/keyId', '/suite']],
  ])('%s is refused at its place', (_, change, paths) => {
    expect(faultsOf(() => parseMigrationStatement(change(statement)))).toEqual(
      paths.map((path) => ['BAD_STATEMENT', path]),
    );
  });

  it('of more than 32 organisations is refused', () => {
    const names = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`Old${String(at)}`, ['NewMSP']]));
    expect(codeOf(() => parseMigrationStatement({ ...statement, organisations: names(32) }))).toBe('none');
    expect(faultsOf(() => parseMigrationStatement({ ...statement, organisations: names(33) }))).toEqual([
      ['BAD_STATEMENT', '/organisations'],
    ]);
  });

  it.each<[string, (one: MigrationStatement) => MigrationStatement]>([
    ['ledger', (one) => ({ ...one, ledger: 'ab'.repeat(32) })],
    ['founder', (one) => ({ ...one, founder: '91140000MA0FAKE01X' })],
    ['earlier ledger', (one) => ({ ...one, earlier: { ...one.earlier, ledger: 'ab'.repeat(32) } })],
    ['log key', (one) => ({ ...one, earlier: { ...one.earlier, logKey: `${one.earlier.logKey}A` } })],
    ['count', (one) => ({ ...one, earlier: { ...one.earlier, transactions: one.earlier.transactions + 1 } })],
    ['root', (one) => ({ ...one, earlier: { ...one.earlier, transactionsRoot: 'ab'.repeat(32) } })],
    ['organisations', (one) => ({ ...one, organisations: { OldMSP: ['OtherMSP', 'NewMSP'] } })],
    ['instant', (one) => ({ ...one, signedAt: then(1) })],
  ])('is another one to be signed with another %s', (_, change) => {
    const digest = (one: MigrationStatement): string => toHex(migrationDigest(one));
    expect(digest(change(statement))).not.toBe(digest(statement));
    const open = (one: MigrationStatement): string => codeOf(() => openMigration(facts, one, world.founderProof()));
    expect(open(statement)).toBe('none');
    expect(open(change(statement))).not.toBe('none');
  });

  it('is the same one once witnesses have cosigned its checkpoint', () => {
    const { earlier } = statement;
    const cosigned = { ...earlier, checkpoint: `${earlier.checkpoint}— witness.example AAAAAAAAAAAA\n` };
    expect(migrationDigest({ ...statement, earlier: cosigned })).toEqual(migrationDigest(statement));
    expect(earlierCheckpoint(cosigned)).toEqual(earlierCheckpoint(earlier));
  });
});

describe('the founder’s proof', () => {
  it.each<[string, unknown]>([
    ['nothing', null],
    ['no path', { logIndex: 0 }],
    ['an index below nothing', { logIndex: -1, path: [] }],
    ['half an index', { logIndex: 0.5, path: [] }],
    ['a short hash', { logIndex: 0, path: ['ab'] }],
    ['a hash that is no text', { logIndex: 0, path: [7] }],
    ['a path that is no list', { logIndex: 0, path: {} }],
  ])('is refused with %s', (_, proof) => {
    const open = (): unknown => openMigration(facts, statement, proof);
    expect(codeOf(open)).toBe('BAD_STATEMENT');
    expect(open).toThrow('not well formed');
  });

  it('holds no other record, and the own one at no other place', () => {
    const [own, other] = [world.founderProof(), world.founderProof(1)];
    const changes = [
      { logIndex: 1 },
      { path: other.path },
      { record: other.record },
      { record: recordOf('explanation') },
    ];
    for (const change of changes)
      expect(codeOf(() => openMigration(facts, statement, { ...own, ...change }))).toBe('INCLUSION_INVALID');
    expect(codeOf(() => openMigration(facts, statement, other))).toBe('BAD_STATEMENT');
  });
});

describe('what travels with a batch', () => {
  it.each<[string, object, string]>([
    ['a transaction id', { txId: 'ab' }, '/txId'],
    ['a block number', { blockNumber: '01' }, '/blockNumber'],
    ['a time', { time: 'yesterday' }, '/time'],
    ['submissions', { submissions: [] }, '/submissions'],
  ])('is no transaction without %s', (_, change, path) => {
    const [raw] = world.transactions;
    expect(faultsOf(() => parseEarlierTransaction({ ...raw, ...change }))).toEqual([['BAD_REQUEST', path]]);
  });

  it.each([null, {}, { records: [] }, { records: [], transactions: ['ab'] }, { records: [1], transactions: [] }])(
    'is no proof: %j',
    (value) => {
      expect(codeOf(() => parseBatchProof(value))).toBe('BAD_REQUEST');
    },
  );

  it('is a proof of at most 130 hashes a path, each as it was', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 5 }), fc.array(hash, { maxLength: 5 }), (records, transactions) => {
        const travelled = { records: records.map(toHex), transactions: transactions.map(toHex) };
        expect(parseBatchProof(travelled)).toEqual({ records, transactions });
      }),
    );
    const many = (count: number): string[] => Array.from({ length: count }, () => newId);
    expect(codeOf(() => parseBatchProof({ records: many(130), transactions: [] }))).toBe('none');
    expect(codeOf(() => parseBatchProof({ records: many(131), transactions: [] }))).toBe('BAD_REQUEST');
  });

  it('is no place of an earlier ledger that the chain could hold: it is told as damage', () => {
    const mark = { txId: newId, blockNumber: '7', time: then(0), count: 1 };
    expect(parseEarlierMarks([mark])).toEqual([mark]);
    for (const change of [{ count: 0 }, { blockNumber: '-1' }, { more: 1 }, { txId: '' }])
      expect(codeOf(() => parseEarlierMarks([mark, { ...mark, ...change }]))).toBe('STORE_CORRUPT');
    expect(codeOf(() => parseEarlierMarks(null))).toBe('STORE_CORRUPT');
  });

  it('keeps everything else out until it is there', () => {
    const earlier = { ...statement.earlier, organisations: {} };
    expect(
      codeOf(() => {
        assertNotImporting({ earlier: { ...earlier, progress: noProgress() } });
      }),
    ).toBe('IMPORT_OPEN');
    expect(
      codeOf(() => {
        assertNotImporting({ earlier: { ...earlier, progress: null } });
      }),
    ).toBe('none');
    expect(
      codeOf(() => {
        assertNotImporting({});
      }),
    ).toBe('none');
  });
});
