import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex } from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { assertNotRolledBack, RollbackGuard } from './rollback-guard';

const signed = (size: number, root = '00'): { origin: string; size: number; root: string } => ({
  origin: 'log',
  size,
  root: root.repeat(32),
});
const logOf = (size: number, root = '00'): Parameters<typeof assertNotRolledBack>[1] => ({
  size,
  rootAt: () => Promise.resolve(fromHex(root.repeat(32))),
});

describe('the rollback guard', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder('guard');
    file = join(folder, 'guard', 'last-signed.jsonl');
  });

  it('remembers the last signature over a restart, and keeps its journal short', async () => {
    const guard = RollbackGuard.open(file);
    for (const size of [1, 5, 9]) await guard.advance(signed(size));
    guard.close();
    const again = RollbackGuard.open(file);
    expect(again.last).toEqual(signed(9));
    again.close();
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['a smaller size', signed(4)],
    ['another root for the same size', signed(5, '11')],
    ['another log', { ...signed(6), origin: 'another' }],
  ])('refuses %s, now and after a restart', async (_what, next) => {
    const guard = RollbackGuard.open(file);
    await guard.advance(signed(5));
    await expect(guard.advance(next)).rejects.toMatchObject({ code: 'ROLLED_BACK', details: { signedSize: 5 } });
    guard.close();
    const again = RollbackGuard.open(file);
    await expect(again.advance(next)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    again.close();
  });

  it('does not count a line that was torn by a crash: its checkpoint was never given out', async () => {
    const guard = RollbackGuard.open(file);
    await guard.advance(signed(5));
    guard.close();
    appendFileSync(file, '{"origin":"log","size":7,"ro');
    const again = RollbackGuard.open(file);
    expect(again.last).toEqual(signed(5));
    again.close();
  });

  it('refuses a journal that is damaged rather than torn', async () => {
    const guard = RollbackGuard.open(file);
    await guard.advance(signed(5));
    guard.close();
    writeFileSync(file, '{"origin":"log","size":"five"}\n');
    expect(() => RollbackGuard.open(file)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }) as Error);
  });

  it('holds a log to what was signed: as long at least, and beginning with it', async () => {
    const guard = RollbackGuard.open(file);
    await guard.advance(signed(5));
    await expect(assertNotRolledBack(guard, logOf(4))).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    await expect(assertNotRolledBack(guard, logOf(9, '11'))).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    await expect(assertNotRolledBack(guard, logOf(9))).resolves.toBeUndefined();
    guard.close();
  });
});
