import { NetworkError } from '../errors';
import { pollUntil } from './poll';

const options = { timeoutMs: 0, what: 'orderer1 to answer', remedy: 'Read its log.' };

describe('pollUntil', () => {
  it('returns the first value', async () => {
    const answers = [undefined, undefined, 'yes'];
    await expect(
      pollUntil(() => Promise.resolve(answers.shift()), { ...options, timeoutMs: 1_000, intervalMs: 0 }),
    ).resolves.toBe('yes');
  });

  it('bears errors until the time is over, then tells the last one and what to do', async () => {
    const failing = pollUntil(() => Promise.reject(new Error('connection refused')), options);
    await expect(failing).rejects.toThrow('Waited 0 s for orderer1 to answer; last: connection refused');
    await expect(failing).rejects.toBeInstanceOf(NetworkError);
    await expect(failing).rejects.toMatchObject({ remedy: 'Read its log.' });
  });
});
