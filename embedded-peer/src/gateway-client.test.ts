import { createHash } from 'node:crypto';
import { EndorseError, GatewayError } from '@hyperledger/fabric-gateway';
import { rejection, type TestClient } from './testing/client';
import { PeerFixture } from './testing/fixture';

let fixture: PeerFixture;
let client: TestClient;

describe('one organisation, unmodified fabric-gateway client', () => {
  beforeAll(async () => {
    fixture = await PeerFixture.start({ initArgs: ['init', 'me'], initTransient: { note: Buffer.from('hidden') } });
    client = fixture.connect();
  });
  afterAll(() => fixture.remove());

  test('runs init once, with arguments and transient data, when the folder is new', async () => {
    expect(await client.evaluate('get', 'owner')).toBe('me');
    expect(await client.evaluate('get', 'init-transient')).toBe('hidden');
  });

  test('submits, commits and reads back', async () => {
    expect(await client.submit('put', 'a', '1')).toBe('1');
    expect(await client.evaluate('get', 'a')).toBe('1');
    await client.submit('remove', 'a');
    expect(await client.evaluate('get', 'a')).toBe('');
  });

  test('reads never see the writes of their own transaction', async () => {
    expect(await client.submit('increment', 'counter')).toBe('0:0');
    expect(await client.submit('increment', 'counter')).toBe('1:1');
  });

  test('evaluating writes nothing', async () => {
    await client.evaluate('put', 'ghost', 'x');
    expect(await client.evaluate('get', 'ghost')).toBe('');
  });

  test('ranges follow byte order and open ends', async () => {
    for (const key of ['r1', 'r2', 'r\u{1f600}', 'r\uff00']) await client.submit('put', key, key.length.toString());
    expect(await client.evaluate('range', 'r', 's')).toBe('r1=2,r2=2,r\uff00=2,r\u{1f600}=3');
    expect(await client.evaluate('range', 'r2', 'r\u{1f600}')).toBe('r2=2,r\uff00=2');
    expect((await client.evaluate('range', '', '')).split(',').length).toBeGreaterThanOrEqual(6);
  });

  test('pages through a range with bookmarks', async () => {
    for (const key of ['p1', 'p2', 'p3']) await client.submit('put', key, '');
    for (const key of ['p1', 'p2', 'p3']) await client.submit('put', key, 'v');
    const first = JSON.parse(await client.evaluate('page', 'p', 'q', '2', '')) as { keys: string[]; bookmark: string };
    expect(first).toEqual({ keys: ['p1', 'p2'], bookmark: 'p3', fetchedRecordsCount: 2 });
    const last = JSON.parse(await client.evaluate('page', 'p', 'q', '2', first.bookmark)) as unknown;
    expect(last).toEqual({ keys: ['p3'], bookmark: '', fetchedRecordsCount: 1 });
  });

  test('keeps the history of a key, newest first', async () => {
    await client.submit('put', 'h', '1');
    await client.submit('put', 'h', '2');
    await client.submit('remove', 'h');
    expect(await client.evaluate('history', 'h')).toBe('-,2,1');
    expect(await client.evaluate('history', 'never')).toBe('');
  });

  test('tells the contract who calls and when', async () => {
    expect(await client.evaluate('creator')).toBe('EmbeddedMSP 24');
  });

  test('a refusal on submit is EndorseError 10 with the message in the details', async () => {
    const error = await rejection<EndorseError>(client.submit('refuse', 'FIGURE_MISMATCH: {"figure":"Car_tC_t"}'));
    expect(error).toBeInstanceOf(EndorseError);
    expect(error.code).toBe(10);
    expect(error.details).toEqual([
      {
        address: fixture.peer.endpoint,
        mspId: 'EmbeddedMSP',
        message: 'chaincode response 500, FIGURE_MISMATCH: {"figure":"Car_tC_t"}',
      },
    ]);
  });

  test('a refusal on evaluate is GatewayError 2', async () => {
    const error = await rejection<GatewayError>(client.evaluate('refuse', 'no'));
    expect(error).toBeInstanceOf(GatewayError);
    expect(error.code).toBe(2);
    expect(error.details[0]?.message).toBe('chaincode response 500, no');
  });

  test('long refusals arrive, whole up to 36,000 bytes', async () => {
    const long = `BAD_RECORD: ${'账'.repeat(11_900)}`;
    for (const call of [client.submit, client.evaluate]) {
      const error = await rejection<GatewayError>(call('refuse', long));
      expect(error.details[0]?.message).toBe(`chaincode response 500, ${long}`);
    }
    for (const call of [client.submit, client.evaluate]) {
      const error = await rejection<GatewayError>(call('refuse', '账'.repeat(500_000)));
      expect(error.details[0]?.message).toMatch(/^chaincode response 500, 账+ … \(cut\)$/);
    }
  });

  test('what this peer does not have is refused as Fabric refuses it', async () => {
    expect((await rejection<GatewayError>(client.evaluate('richQuery'))).details[0]?.message).toContain(
      'not supported for leveldb',
    );
    expect((await rejection<GatewayError>(client.evaluate('callOther'))).details[0]?.message).toContain(
      'hosts one chaincode',
    );
    const other = client.network.getContract('nothing');
    expect((await rejection<GatewayError>(other.evaluateTransaction('x'))).code).toBe(9);
    const elsewhere = client.gateway.getNetwork('elsewhere').getContract('nothing');
    expect((await rejection<GatewayError>(elsewhere.submitTransaction('x'))).code).toBe(9);
  });

  test('private data: value for members, hash for all, nothing of it in the block', async () => {
    const secret = Buffer.from('48.7 t');
    await client.contract.submit('putSecret', { arguments: ['figures', 'k'], transientData: { secret } });
    expect(await client.evaluate('getSecret', 'figures', 'k')).toBe('48.7 t');
    expect(await client.evaluate('secretHash', 'figures', 'k')).toBe(createHash('sha256').update(secret).digest('hex'));
    const block = await client.chain('GetBlockByNumber', String(fixture.peer.height() - 1n));
    expect(Buffer.from(block).includes(secret)).toBe(false);
    await client.contract.submit('putSecret', { arguments: ['figures', 'l'], transientData: { secret } });
    expect(await client.evaluate('secrets', 'figures', 'a', 'z')).toBe('k,l');
    await client.submit('removeSecret', 'figures', 'k');
    expect(await client.evaluate('getSecret', 'figures', 'k')).toBe('');
    expect(await client.evaluate('secretHash', 'figures', 'k')).toBe('');
    expect(await client.evaluate('secrets', 'figures', 'a', 'z')).toBe('l');
  });

  test('an unknown collection is refused', async () => {
    const error = await rejection<GatewayError>(client.evaluate('getSecret', 'nowhere', 'k'));
    expect(error.details[0]?.message).toContain('collection nowhere not defined');
  });

  test('values of several megabytes pass', async () => {
    const value = Buffer.alloc(4_000_000, 'x');
    await client.contract.submit('bulk', { arguments: ['figures', 'big'], transientData: { value } });
    expect((await client.evaluate('get', 'big')).length).toBe(value.length);
    expect((await client.evaluate('getSecret', 'figures', 'big')).length).toBe(value.length);
  });
});
