import { type CommitError, StatusCode } from '@hyperledger/fabric-gateway';
import type { TestClient } from '../testing/client';
import { PeerFixture } from '../testing/fixture';

let fixture: PeerFixture;
let client: TestClient;
beforeAll(async () => {
  fixture = await PeerFixture.start();
  client = fixture.connect();
});
afterAll(() => fixture.remove());

describe('transactions that meet', () => {
  test('of two transactions that read and write one key in a block, one is valid', async () => {
    const proposals = [1, 2].map(() => client.contract.newProposal('increment', { arguments: ['race'] }));
    const transactions = await Promise.all(proposals.map((proposal) => proposal.endorse()));
    const commits = await Promise.all(transactions.map((transaction) => transaction.submit()));
    const statuses = await Promise.all(commits.map((commit) => commit.getStatus()));
    expect(statuses.map(({ code }) => code).sort()).toEqual([StatusCode.VALID, StatusCode.MVCC_READ_CONFLICT]);
    expect(new Set(statuses.map(({ blockNumber }) => blockNumber)).size).toBe(1);
    expect(await client.evaluate('get', 'race')).toBe('1');
  });

  test('a key that appears in a range that was read is a phantom', async () => {
    const reader = await client.contract.newProposal('countThenPut', { arguments: ['ph', 'pi', 'sum'] }).endorse();
    await client.submit('put', 'ph1', 'x');
    const status = await (await reader.submit()).getStatus();
    expect(status.code).toBe(StatusCode.PHANTOM_READ_CONFLICT);
  });

  test('a stale read fails the commit with CommitError 11', async () => {
    const stale = await client.contract.newProposal('increment', { arguments: ['stale'] }).endorse();
    await client.submit('increment', 'stale');
    const status = await (await stale.submit()).getStatus();
    expect(status).toMatchObject({ code: StatusCode.MVCC_READ_CONFLICT, successful: false });
    const contended = await Promise.allSettled(Array.from({ length: 8 }, () => client.submit('increment', 'hot')));
    const failures = contended
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason as CommitError);
    for (const failure of failures) expect(failure).toMatchObject({ name: 'CommitError', code: 11 });
    expect(Number(await client.evaluate('get', 'hot'))).toBe(8 - failures.length);
  });

  test('the identical signed transaction sent again is taken once', async () => {
    const before = fixture.peer.height();
    const transaction = await client.contract.newProposal('increment', { arguments: ['twice'] }).endorse();
    const bytes = transaction.getBytes();
    const first = await transaction.submit();
    const again = await client.gateway.newTransaction(bytes).submit();
    expect((await first.getStatus()).code).toBe(StatusCode.VALID);
    expect((await again.getStatus()).code).toBe(StatusCode.VALID);
    expect((await (await client.gateway.newTransaction(bytes).submit()).getStatus()).code).toBe(StatusCode.VALID);
    expect(await client.evaluate('get', 'twice')).toBe('1');
    expect(fixture.peer.height()).toBe(before + 1n);
  });
});
