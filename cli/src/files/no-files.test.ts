import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runInProcess } from '../testing/test-io';

/** Nobody ever writes to it: whoever opened it would wait for ever. */
function silentPipe(name = 'pipe.json'): string {
  const pipe = path.join(temporaryFolder('no-files'), name);
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

const lab = '91140100MA0FAKE2XU';
const cancelled = path.join(__dirname, '../../../examples/reconcile/注销记录.csv');

describe('a pipe in place of a file', () => {
  it.each([
    ['a plant-year', ['check', 'plant-year', silentPipe()]],
    ['a plant-year to import', ['import', 'plant-year', silentPipe(), '--trial-keys']],
    ['a file to screen', ['screen', silentPipe(), '--year', '2024']],
    ['a receipt', ['verify-receipt', silentPipe()]],
    ['a policy', ['verify-proof', silentPipe(), '--policy', silentPipe()]],
    ['a document', ['verify-receipt', __filename, '--document', silentPipe()]],
    ['facts of a ledger', ['reconcile', '--ccer', cancelled, '--facts', silentPipe(), '--year', '2024']],
    ['a registry’s file', ['reconcile', '--ccer', silentPipe('a.csv'), '--year', '2024', '--no-ledger']],
    ['a profile', ['reconcile', '--ccer', __filename, '--profile', silentPipe(), '--year', '2024', '--no-ledger']],
    ['facts of a filing', ['file', 'party', '--as', lab, '--from', silentPipe()]],
    ['a key', ['keys', 'import', silentPipe(), '--as', lab]],
    ['settings', ['serve', '--config', silentPipe()]],
    ['a profile of a channel', ['serve', '--fabric', silentPipe(), '--check-config']],
    ['outside witnesses', ['serve', '--outside', silentPipe(), '--check-config']],
    ['an exported ledger', ['import', 'ledger', silentPipe(), '--check']],
    ['readings', ['readings', 'batch', silentPipe('a.csv'), '--meter', 'belt-scale', '--meter-id', 'A']],
    ['an opening of cells', ['inspect', 'open-cell', silentPipe(), 'CSV!A1', '-o', '/dev/null']],
    ['a report of an inspection', ['inspect', 'verify', silentPipe(), '--policy', silentPipe()]],
    ['a checkpoint', ['compare', silentPipe(), silentPipe()]],
    ['the state of an audit', ['audit', '/nowhere', '--state', silentPipe()]],
    [
      'a poster’s key',
      ['outside', 'deploy', '--node', 'http://127.0.0.1:9', '--chain-id', '1', '--key-file', silentPipe()],
    ],
  ])('is refused, and nobody waits: %s', async (_what, argv) => {
    const { code, stderr } = await runInProcess(argv);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/FILE_UNREADABLE: .*a pipe, not a file/)]);
  });

  it('is refused where the environment names it', async () => {
    const env = { CARBON_LEDGER_PASSPHRASE_FILE: silentPipe() };
    const { code, stderr } = await runInProcess(
      ['keys', 'new', '--as', lab, '--keystore', path.dirname(silentPipe())],
      {
        env,
      },
    );
    expect([code, stderr]).toEqual([2, expect.stringMatching(/FILE_UNREADABLE: .*a pipe, not a file/)]);
  });
});
