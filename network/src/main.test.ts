import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { main } from './main';

const home = join(__dirname, '..');
const state = temporaryFolder('network');

async function run(...argv: string[]): Promise<{ code: number; said: string; complained: string }> {
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const text = (spy: typeof out): string => spy.mock.calls.map(([chunk]) => String(chunk)).join('');
  try {
    const code = await main(home, [...argv, '--state', join(state, 'none')]);
    return { code, said: text(out), complained: text(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

describe('the verbs', () => {
  it('are listed without a verb, and after an unknown one as a failure', async () => {
    expect(await run('help')).toMatchObject({
      code: 0,
      said: expect.stringContaining('deploy [--chaincode BUNDLE]') as string,
    });
    expect(await run('explode')).toMatchObject({ code: 1 });
  });

  it('check the shipped topology under a profile', async () => {
    expect(await run('check', '--profile', 'raft')).toMatchObject({
      code: 0,
      said: expect.stringContaining('3 orderers (raft), 5 organisations') as string,
    });
  });

  it('name every fault of a topology and say what to do', async () => {
    const file = join(state, 'topology.yaml');
    writeFileSync(file, 'name: 1\nchannel: A\n');
    const { code, complained } = await run('check', '--topology', file);
    expect(code).toBe(1);
    expect(complained).toContain('name: ');
    expect(complained).toContain('channel: ');
    expect(complained).toContain('→ Correct topology.yaml.');
  });

  it.each(['status', 'down', 'deploy', 'logs', 'add-org'])(
    '%s says that there is no network, and how to start one',
    async (verb) => {
      const { code, complained } = await run(verb, 'Observer');
      expect(code).toBe(1);
      expect(complained).toContain('There is no network here.');
      expect(complained).toContain('npm run network:up');
    },
  );

  it.each(['accept x.json', 'genesis', 'approve', 'commit'])(
    'org %s says that no organisation began the folder, and how to begin one',
    async (line) => {
      const { code, complained } = await run('org', ...line.split(' '));
      expect(code).toBe(1);
      expect(complained).toContain(`${join(state, 'none')} is no organisation’s folder.`);
      expect(complained).toContain('npm run network:org -- init NAME --state DIR');
    },
  );

  it('clean has nothing to do where nothing is', async () => {
    expect(await run('clean')).toMatchObject({ code: 0, said: 'There is nothing to clean.\n' });
  });

  it('clean leaves alone a folder that is no network’s', async () => {
    writeFileSync(join(state, 'diary.txt'), 'dear diary');
    const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await main(home, ['clean', '--state', state])).toBe(1);
    err.mockRestore();
  });

  it('an option that does not exist is named', async () => {
    expect(await run('up', '--natve')).toMatchObject({
      code: 1,
      complained: expect.stringContaining('--natve') as string,
    });
  });
});
