import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInProcess } from '../../cli/src/testing/test-io';
import { temporaryFolder } from '../support/temporary-folder';
import { sectorsFolder } from './folders';

/*
 * A fifth sector is a folder and nothing else: the one beside this file was written by docs/methodologies.md alone, and no
 * TypeScript knows of it.
 */
const glass = join(__dirname, 'glass');
const methodology = (...argv: string[]): ReturnType<typeof runInProcess> => runInProcess(['methodology', ...argv]);

describe('glass, a sector that no program knows', () => {
  it('is linted and tested from the command line', async () => {
    expect(await methodology('lint', glass)).toMatchObject({ code: 0, stdout: 'no faults\n' });
    const tested = await methodology('test', glass, '--json');
    expect(tested.code).toBe(0);
    expect(JSON.parse(tested.stdout)).toMatchObject({ status: 'ok', vectors: [{ steps: 8, differences: [] }] });
  });
  it('is shown as text, and as a page with formulas typeset', async () => {
    const file = join(temporaryFolder('glass'), 'glass.html');
    expect((await methodology('show', glass)).stdout).toContain('E.month: sum(F) + sum(C)');
    expect(await methodology('show', glass, '--html', file)).toMatchObject({ code: 0 });
    const page = readFileSync(file, 'utf8');
    expect(page).toContain('<mfrac>');
    expect(page).not.toContain('<script');
  });
});

describe('carbon-ledger methodology diff', () => {
  it('tells what another year says otherwise, and nothing of itself', async () => {
    const [before, after] = [join(sectorsFolder, 'power/2023-2024'), join(sectorsFolder, 'power/2025-2026-draft')];
    expect(await methodology('diff', before, before)).toMatchObject({ code: 0 });
    const { code, stdout } = await methodology('diff', before, after, '--json');
    const { rules } = JSON.parse(stdout) as {
      rules: { place: string; before: string; after: string; delta?: string }[];
    };
    expect(code).toBe(1);
    expect(rules).toContainEqual(
      expect.objectContaining({ place: 'Be.I', before: '0.7910 tCO2/MWh', after: '0.7894 tCO2/MWh', delta: '-0.0016' }),
    );
    expect(rules.map(({ place }) => place)).toContain('allowance-issuance@unit/Ff/Ff.peaking');
    const told = await methodology('diff', before, after);
    expect(told.stdout).toMatch(/^formula .*\n {4}/m);
    expect(told.stdout).not.toContain('‹');
  });
  it('tells in which year something is otherwise, where it is not in all that both have', async () => {
    const folder = join(sectorsFolder, 'cement/2025-2026-draft');
    const sectors = join(temporaryFolder('diff'), 'sectors');
    for (const one of ['market', 'cement']) cpSync(join(sectorsFolder, one), join(sectors, one), { recursive: true });
    const changed = join(sectors, 'cement/2025-2026-draft');
    const parameters = join(changed, 'parameters.yaml');
    const text = readFileSync(parameters, 'utf8');
    writeFileSync(parameters, text.replace('2025: 15', '2025: 16').replace('value: 0.15', 'value: 0.16'));
    const { code, stdout } = await methodology('diff', folder, changed, '--json');
    const { rules } = JSON.parse(stdout) as { rules: { place: string; delta: string }[] };
    expect(code).toBe(1);
    expect(rules.map(({ place, delta }) => [place, delta])).toEqual([
      ['slope', '0.01'],
      ['carbideLimit (2025)', '1'],
    ]);
  });
  it('refuses what is no methodology folder', async () => {
    expect(await methodology('lint', __dirname)).toMatchObject({ code: 2 });
  });
});
