import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FakeGateway } from '../../gateway-api/src/testing/fake-gateway';
import { startWithReport } from '../../gateway-api/src/testing/anchored-report';
import { enterprise, lab, province, sampleReceipt } from '../../gateway-api/src/testing/trial-world';
import { onlyWhere } from '../support/only-where';

/*
 * The guided form on a real terminal: what a person sees and types, key by key. Python has a pseudo-terminal in its standard
 * library; a native module of Node's would have to be compiled where it is installed.
 */
const driver = path.join(__dirname, 'on_a_terminal.py');
const root = path.join(__dirname, '../..');
const hasTerminal = spawnSync('python3', ['-c', 'import pty'], { stdio: 'ignore' }).status === 0;

interface Played {
  readonly screen: string;
  readonly code: number | null;
  readonly signal: number | null;
  readonly step: number;
}
type Step = readonly [question: string, answer: string];

jest.setTimeout(300_000);

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
  await fake.client(lab).anchor({ records: [sampleReceipt('U1', '2024-02').record], figures: {} });
});
afterAll(() => fake.stop());

function play(words: readonly string[], steps: readonly Step[]): Promise<Played> {
  const command = [process.execPath, path.join(root, 'cli/bin/carbon-ledger.js'), ...words, '--trial-keys'];
  const env = { LANG: 'en_US.UTF-8', LC_ALL: '', TERM: 'xterm', CARBON_LEDGER_URL: fake.url, COLUMNS: '400' };
  const child = spawn('python3', [driver], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ command, env, steps }));
  let told = '';
  child.stdout.on('data', (part: Buffer) => (told += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      resolve(JSON.parse(told) as Played);
    });
  });
}

const enter = (question: string, ...answers: readonly string[]): Step[] =>
  answers.map((answer) => [question, `${answer}\r`]);

const items = Array.from({ length: 9 }, (_, index) => [
  ...enter('Item item \\(', String(index + 1)),
  ...enter('Answer answer \\(', index === 4 ? 'problem' : '1'),
  ...enter('Note note \\(', ''),
]).flat();
const commitment = (last: string): Step[] => [
  ...enter('Truth truth \\(', 'yes'),
  ...enter('Accuracy accuracy \\(', 'yes'),
  ...enter('Completeness completeness \\(', last),
];
/** A self-inspection up to the question whether to sign it; wrong answers are asked again on the way. */
const selfInspection: readonly Step[] = [
  ...enter('Year \\(YYYY\\): ', '24'),
  ...enter('does not fit; wanted Year \\(YYYY\\)\\. Year \\(YYYY\\): ', '2024'),
  ...enter('Items items: how many: ', 'some'),
  ...enter('“some” does not fit; wanted how many, a number', '9'),
  ...items,
  ...enter('Problems found problems: how many: ', '1'),
  ...enter('Item item \\(', '99'),
  ...enter('“99” does not fit; wanted one of these, by number or name', 'sampling'),
  ...enter('Problem text: ', '9月12日缺少采样记录'),
  ...enter('corrected \\(y/n\\): ', 'maybe'),
  ...enter('“maybe” does not fit; wanted y or n', 'y'),
  ...enter('services: how many: ', '0'),
  ...commitment('no'),
  // The ledger would refuse it: what is at fault is asked again, and nothing else.
  ...enter('✗ /content/commitment/completeness: .*?Completeness completeness \\(', 'yes'),
];
const key = `${enterprise}/-/2024/self-inspection.enterprise`;
const filing = ['file', 'self-inspection', '--label', 'enterprise', '--as', enterprise];
const filed = async (): Promise<number> => (await fake.client().records({ key })).items.length;

it('has a driver for terminals', () => {
  expect(existsSync(driver)).toBe(true);
});

onlyWhere(
  hasTerminal ? undefined : 'python3 with a pseudo-terminal is not here',
  'the guided form on a terminal',
  () => {
    it('leaves nothing behind at Ctrl-C, at Ctrl-D, or where it is not agreed to', async () => {
      const half = selfInspection.slice(0, 4);
      const [stopped, ended, declined] = await Promise.all([
        play(filing, [...half, ['Item item \\(', '\u0003']]),
        play(filing, [...half, ['Item item \\(', '\u0004']]),
        play(filing, [...selfInspection, ...enter('Sign and file this\\? \\[y/N\\] ', '')]),
      ]);
      expect([stopped.code, ended.code, declined.code]).toEqual([130, 130, 130]);
      expect([stopped.step, ended.step]).toEqual([5, 5]);
      for (const { screen } of [stopped, ended, declined]) expect(screen).toMatch(/Stopped/);
      expect(await filed()).toBe(0);
    });

    it('asks what a type needs, again what does not fit, shows what is signed, and files it', async () => {
      const steps = [...selfInspection, ...enter('Sign and file this\\? \\[y/N\\] ', 'y')];
      const { screen, code, step } = await play(filing, steps);
      expect([code, step, code === 0 ? '' : screen]).toEqual([0, steps.length, '']);
      const preview = screen.slice(screen.lastIndexOf('Completeness completeness'));
      expect(preview).toMatch(/9月12日缺少采样记录[^]*digest 0x[0-9a-f]{64}[^]*Sign and file this/);
      expect(screen).toMatch(new RegExp(`${key}  version 1`));
      expect(await filed()).toBe(1);
    });

    it('asks for whom, days, figures, and shows only where nothing is to be signed', async () => {
      // Results that no formula needs, and that may stay empty.
      const further = ['Aad_pct', 'Vad_pct', 'FCad_pct', 'Nad_pct', 'Oad_pct'].flatMap((name) =>
        enter(`${name} \\(`, ''),
      );
      const report = ['file', 'test-report', '--as', lab, '--dry-run', '--set', 'sampleKind=月缩分样'];
      const { screen, step } = await play(report, [
        ...enter('that it is about \\(empty: your own\\): ', '911'),
        ...enter('“911” does not fit', enterprise),
        ...enter('Unit as registered [^:]*: ', 'U 1'),
        ...enter('“U 1” does not fit', 'U1'),
        ...enter('Month \\(YYYY-MM\\): ', '2024-13'),
        ...enter('“2024-13” does not fit', '2024-02'),
        ...enter('reportNo: ', 'FIC-CQ-1'),
        ...enter('sampleMonth: ', '2024-02'),
        ...enter('received: ', '2024-2-5'),
        ...enter('“2024-2-5” does not fit; wanted a day, YYYY-MM-DD', '2024-02-28'),
        ...enter('testStart: ', '2024-03-06'),
        ...enter('testEnd: ', '2024-03-07'),
        ...enter('issued: ', '2024-03-08'),
        ...enter('qualification: ', '240417250001'),
        ...enter('anchoredByLab \\(empty: leave out\\): ', ''),
        ...enter('alsoIn \\(empty: leave out\\): ', ''),
        ...['weight_g', 'samplerRole', 'preparerRole', 'testerRole', 'reviewerRole'].flatMap((name) =>
          enter(`${name} \\(empty: leave out\\): `, ''),
        ),
        ...enter('sampleDay \\(empty: leave out\\): ', ''),
        ...enter('batchNo \\(empty: leave out\\): ', ''),
        ...enter('Cad_pct \\(%, 2\\): ', 'much'),
        ...enter('“much” does not fit; wanted a number', '57.12'),
        ...['Mad_pct', 'Had_pct', 'Qgr_ad_MJ_kg', 'Qnet_ar_GJ_t', 'St_ad_pct'].flatMap((name) =>
          enter(`${name} \\(`, ''),
        ),
        ...further,
        // What was left empty and is needed is asked again; what may stay empty is not.
        ...enter('✗ /figures/Mad_pct: .*?Mad_pct \\(', '2.90'),
        ...enter('Had_pct \\(', '3.65'),
        ...enter('Qgr_ad_MJ_kg \\(', '24.900'),
        ...enter('Qnet_ar_GJ_t \\(', '21.580'),
        ...enter('St_ad_pct \\(', '0.77'),
      ]);
      expect([step, step === 40 ? '' : screen]).toEqual([40, '']);
      expect(screen).toMatch(/57\.12[^]*digest 0x[0-9a-f]{64}/);
      expect(screen).not.toContain('Sign and file');
    });

    it('asks for numbers and instants, again what is none, and what the ledger refuses of them', async () => {
      const { screen, step } = await play(
        ['file', 'device-batch', '--label', '1', '--as', enterprise, '--dry-run'],
        [
          ...enter('Unit as registered [^:]*: ', 'U1'),
          ...enter('Month \\(YYYY-MM\\): ', '2024-02'),
          ...enter('meterId: ', 'PDC-01'),
          ...enter(' meter \\(', 'belt-scale'),
          ...enter(' count: ', 'many'),
          ...enter('“many” does not fit; wanted a whole number', '7,5'),
          ...enter('“7,5” does not fit; wanted a whole number', '1.5'),
          ...enter('“1.5” does not fit; wanted a whole number', '0'),
          ...enter(' first: ', '2024-02-01'),
          ...enter('“2024-02-01” does not fit; wanted an instant', '2024-02-01T00:00:00Z'),
          ...enter(' last: ', '2024-02-29T15:00:00Z'),
          ...enter('gap_h \\(empty: leave out\\): ', ''),
          ...enter('certificateNo \\(empty: leave out\\): ', ''),
          ...enter(' root: ', 'ab'.repeat(32)),
          ...enter('sum \\(t, 2\\): ', '1234,50'),
          ...enter('“1234,50” does not fit; wanted a number', '1234.50'),
          // A number that is none of readings is refused by the ledger, and asked again with its reason.
          ...enter('✗ /content/count: .*? count: ', '744'),
        ],
      );
      expect([step, step === 17 ? '' : screen]).toEqual([17, '']);
      expect(screen).toMatch(/744[^]*digest 0x[0-9a-f]{64}/);
    });

    it('asks for lists in lists, groups that may be left out, what may be null, and what only JSON holds', async () => {
      const facility = await play(
        ['file', 'facility', '--as', enterprise, '--dry-run'],
        [
          ...enter('Units? [^:]*units: how many: ', '1'),
          ...enter(' id: ', 'U7'),
          ...enter(' name: ', '7号机组'),
          ...enter(' permitNo: ', `${enterprise}001P`),
          ...enter(' facilityCode: ', 'MF0077'),
          ...enter('boilers: how many: ', '2'),
          ...enter('boilers 1: ', 'MF0071'),
          ...enter('boilers 2: ', 'MF0072'),
          ...enter('turbines: how many: ', ''),
          ...enter('generators: how many: ', '0'),
          ...enter('capacity_MW .*?leave out\\): ', 'big'),
          ...enter('“big” does not fit; wanted a number', '660'),
          ...enter('category \\(.*?leave out\\): ', ''),
          ...enter('fuel .*?leave out\\): ', '烟煤'),
          ...enter('heat \\(.*?leave out\\): ', 'n'),
          ...enter(' from: ', '2010-01-01'),
          ...enter(' to: ', ''),
        ],
      );
      expect(facility.step).toBe(17);
      expect(facility.screen).toMatch(/MF0072[^]*digest/);

      const party = await play(
        ['parties', '--as', province, '--subject', '91110000MA0FAKE3W8', '--dry-run', '--set', 'keys=[]'],
        [
          ...enter(' name: ', '（虚构）核查机构'),
          ...enter(' kind \\(', 'verifier'),
          ...enter(' region: ', '110000'),
          ...enter('movingTo .*?leave out\\): ', ''),
          ...enter('msps: how many: ', '1'),
          ...enter('msps 1: ', 'TestMSP'),
          ...enter('qualifications: how many: ', '0'),
          ...enter(' status \\(', 'active'),
          ...enter('identifiers \\(as JSON; .*?leave out\\): ', '{account: 1}'),
          ...enter('“\\{account: 1\\}” does not fit; wanted JSON', '{"allowanceAccountId":"A-1"}'),
          ...enter('group .*?leave out\\): ', ''),
          ...enter('owner .*?leave out\\): ', ''),
          ...enter('trial \\(.*?leave out\\): ', ''),
          // A party without a key is refused, and its keys are asked for: enough was seen.
          ['keys: how many: ', '\u0003'],
        ],
      );
      expect(party.screen).toContain('A-1');
      expect([party.step, party.code]).toEqual([14, 130]);

      const reviewed = ['review', `${enterprise}/-/-/facility`, '--as', province, '--dry-run'];
      const review = await play(reviewed, [
        ...enter('decision \\(', '2'),
        ...enter('reasons: how many: ', '1'),
        ...enter(' code \\(', '1'),
        ...enter(' figure .*?leave out\\): ', ''),
        ...enter(' document .*?leave out\\): ', ''),
        ...enter(' finding .*?y/n: ', ''),
        ...enter(' text: ', '缺附件'),
        ...enter('returnBy .*?leave out\\): ', '2030-01-01'),
        ...enter('siteCheck .*?y/n: ', 'perhaps'),
        ...enter('“perhaps” does not fit; wanted y or n', 'n'),
      ]);
      expect(review.step).toBe(10);
      expect(review.screen).toContain('缺附件');
    });
  },
);
