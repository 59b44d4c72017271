import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEASE_MS, Lease } from './lease';
import { OnceFolder } from './once-folder';
import { SharedIdempotencyKeys } from './shared-idempotency';

const refused = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('what gateways have in common', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shared-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives a name to one, and forgets it when it ended', () => {
    const [one, two] = [new OnceFolder(folder, Number), new OnceFolder(folder, Number)];
    expect([one.take('5000', 0), two.take('5000', 0), one.take('5000', 0)]).toEqual([true, false, false]);
    expect(two.take('900000', 100_000)).toBe(true);
    expect(readdirSync(folder)).toEqual(['900000']);
  });

  it('lends a work to one, and to another when that is gone', () => {
    let now = 0;
    const file = join(folder, 'lease');
    const [one, two] = [new Lease(file, () => now), new Lease(file, () => now)];
    expect([one.hold(), two.hold()]).toEqual([true, false]);
    now = LEASE_MS - 1;
    expect([two.hold(), one.hold()]).toEqual([false, true]);
    now = 2 * LEASE_MS;
    expect([two.hold(), one.hold()]).toEqual([true, false]);
    one.release();
    expect(existsSync(file)).toBe(true);
    two.release();
    expect(one.hold()).toBe(true);
  });

  it.each(['', '{', '{"holder":1}', 'null'])('takes a lease that says %j for none', (text) => {
    writeFileSync(join(folder, 'lease'), text);
    expect(new Lease(join(folder, 'lease'), () => 0).hold()).toBe(true);
  });

  it('binds a key to a content, under way and after, for all', async () => {
    const clock = (): number => Date.now();
    const [one, two] = [new SharedIdempotencyKeys(folder, clock), new SharedIdempotencyKeys(folder, clock)];
    const reservation = one.reserve('key/../of a party', 'a');
    expect(two.isKnown('key/../of a party', 'a')).toBe(false);
    expect(() => two.reserve('key/../of a party', 'a')).toThrow(refused('IDEMPOTENCY_IN_PROGRESS'));
    expect(() => two.reserve('key/../of a party', 'b')).toThrow(refused('IDEMPOTENCY_CONFLICT'));
    await reservation.settle(true);
    expect(two.isKnown('key/../of a party', 'a')).toBe(true);
    expect(() => two.isKnown('key/../of a party', 'b')).toThrow(refused('IDEMPOTENCY_CONFLICT'));
    await two.reserve('other', 'c').settle(false);
    expect(one.isKnown('other', 'd')).toBe(false);
    await one.reserve('other', 'd').settle(false);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('takes over the key of a gateway that is gone, and forgets what is old', () => {
    let later = 0;
    const keys = new SharedIdempotencyKeys(folder, () => Date.now() + later);
    keys.reserve('key', 'a');
    const [file] = readdirSync(folder);
    const before = new Date(Date.now() - 3_600_000);
    utimesSync(join(folder, file!), before, before);
    expect(() => keys.reserve('key', 'b')).toThrow(refused('IDEMPOTENCY_CONFLICT'));
    keys.reserve('key', 'a');
    expect(() => keys.reserve('key', 'a')).toThrow(refused('IDEMPOTENCY_IN_PROGRESS'));
    later = 25 * 3_600_000;
    keys.reserve('another', 'b');
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
