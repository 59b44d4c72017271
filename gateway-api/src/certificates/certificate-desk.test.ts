import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerError, type Receipt } from '@carbon-ledger/core';
import { CertificateDesk, type CertificateDeskOptions } from './certificate-desk';

const policies: CertificateDeskOptions['policies'] = {
  isReachable: false,
  get policy(): never {
    throw new Error('nobody asks for it where it is not reached');
  },
};
const entry = { id: `rec:${'0'.repeat(64)}`, anchoredAt: '2026-01-01T00:00:00Z' };

describe('the desk of certificates', () => {
  it('lets so many wait that the last is served within a second, and tells the others when to ask again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'desk-'));
    const desk = new CertificateDesk({ folder, policies, site: () => 'http://127.0.0.1' });
    let settle: () => void = () => undefined;
    const held = new Promise<Receipt>((_resolve, reject) => {
      settle = () => {
        reject(new LedgerError('NOT_READY'));
      };
    });
    const issue = (): Promise<unknown> =>
      desk.issue(entry, 'zh', () => held).catch((error: unknown) => error instanceof LedgerError && error);
    const asked = Array.from({ length: 5 }, issue);
    const refused = { code: 'RATE_LIMITED', details: { retryAfter: 1 } };
    expect(await Promise.all(asked.slice(3))).toMatchObject([refused, refused]);
    settle();
    const failed = { code: 'NOT_READY' };
    expect(await Promise.all(asked.slice(0, 3))).toMatchObject([failed, failed, failed]);
    // What failed waits no longer.
    expect(await issue()).toMatchObject(failed);
    await desk.close();
  });
});
