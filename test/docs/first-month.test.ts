import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LedgerClient, type BodyIn } from '@carbon-ledger/client-sdk';
import { KeyStore } from '../../cli/src/keys/key-store';
import { KeystoreKeys } from '../../cli/src/keys/party-keys';
import { trialIo } from '../../cli/src/keys/testing/trial-io';
import { runInProcess, type CliResult } from '../../cli/src/testing/test-io';
import { settled } from '../support/settled';
import { temporaryFolder } from '../support/temporary-folder';

/*
 * Every command of docs/first-month.md, in order, on a ledger that its own `serve` line founds, and a second month by API alone.
 * The same on a Fabric network that is up and has the contract, but no ledger yet, where CARBON_LEDGER_TEST_PROFILE names the
 * founder's gateway profile: there enterprise and laboratory go through gateways of their own organisations.
 */
type ScryptCall = [
  passphrase: crypto.BinaryLike,
  salt: crypto.BinaryLike,
  length: number,
  options: crypto.ScryptOptions,
  done: (error: Error | null, key: Buffer) => void,
];
const root = path.join(__dirname, '../..');
const profile = process.env['CARBON_LEDGER_TEST_PROFILE'];
const work = temporaryFolder('first-month');
const stopping = new AbortController();
const serving: Promise<CliResult>[] = [];
const passphrase = 'a passphrase of the walk-through';

/** Where the founder's organisation serves, and whom others serve on a network. */
const founder = '11100000MB0FAKE01P';
const organisations: Readonly<Record<string, string>> =
  profile === undefined ? {} : { '91140000MA0FAKE01X': 'Enterprise', '91140100MA0FAKE2XU': 'Lab' };
/** By party: its gateway, and the organisation that submits there. */
const gateways = new Map<string, Gateway>();

interface Gateway {
  readonly url: string;
  readonly msp: string;
}

function gatewayOf(party: string | undefined): Gateway {
  const found = gateways.get(party ?? founder) ?? gateways.get(founder);
  return found ?? { url: 'http://127.0.0.1:8080', msp: '' };
}

// What a passphrase costs is not what this page is about: each of its commands opens a key anew.
const { scrypt } = crypto;
const cheaply = (...[words, salt, length, options, done]: ScryptCall): void => {
  scrypt(words, salt, length, { ...options, N: 2 }, done);
};
jest.spyOn(crypto, 'scrypt').mockImplementation(cheaply as typeof scrypt);

afterAll(async () => {
  stopping.abort();
  await Promise.all(serving);
});

/** What the page reads lies in the checkout; what it writes goes into a folder of its own. */
function placed(word: string): string {
  if (/^(?:examples|scripts|sectors)\//.test(word)) return path.join(root, word);
  const file = /^(keys=@)?([a-z-]+\.(?:json|receipt))$/.exec(word);
  return file === null ? word : `${file[1] ?? ''}${path.join(work, file[2] ?? '')}`;
}

/** Lines of the page's console blocks: none of them needs a shell. */
function linesOf(page: string): string[] {
  const text = readFileSync(path.join(root, 'docs', page), 'utf8');
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
  return blocks.flatMap((block) => block.split('\n').filter((line) => line !== ''));
}

/** What follows an option on a line. */
function valueOf(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at < 0 ? undefined : words[at + 1];
}

function run(argv: readonly string[], more: Parameters<typeof runInProcess>[1] = {}): Promise<CliResult> {
  const env = { CARBON_LEDGER_PASSPHRASE: passphrase, CARBON_LEDGER_URL: gatewayOf(valueOf(argv, '--as')).url };
  return runInProcess(argv, { homeDir: work, env, now: () => new Date(), ...more });
}

/** Serves until the tests are over; goes on when it says where. */
async function serveOne(argv: readonly string[]): Promise<Gateway> {
  const url = await new Promise<string>((resolve, reject) => {
    const write = (text: string): boolean => {
      resolve((JSON.parse(text) as { url: string }).url);
      return true;
    };
    const quiet = ['--port', '0', '--json', '--log-level', 'silent'];
    const served = run([...argv, ...quiet], { signal: stopping.signal, stdout: { write } });
    serving.push(served);
    served.then(({ stderr }) => {
      reject(new Error(stderr));
    }, reject);
  });
  const status = await run(['status', '--json', '--url', url]);
  return { url, msp: (JSON.parse(status.stdout) as { organisation: string }).organisation };
}

/** The founder first; then, on a network, each organisation that has parties here. */
async function serve(words: readonly string[]): Promise<CliResult> {
  const place = profile === undefined ? ['--data', path.join(work, 'ledger'), '--one-thread'] : ['--fabric', profile];
  const rest = words.filter((word, index) => word !== '--data' && words[index - 1] !== '--data');
  const data = profile === undefined ? [] : ['--data', path.join(work, 'Regulator')];
  gateways.set(founder, await serveOne([...rest, ...place, ...data]));
  for (const [party, name] of Object.entries(organisations)) {
    const own = path.join(path.dirname(profile ?? ''), `${name}.json`);
    gateways.set(party, await serveOne(['serve', '--fabric', own, '--data', path.join(work, name)]));
  }
  return { code: 0, stdout: '', stderr: '' };
}

/** Every gateway that there is has read what was filed at one of them. */
async function settledAll(words: readonly string[], stdout: string): Promise<void> {
  for (const { url } of gateways.values()) await settled(url, words, stdout);
}

async function follow(line: string): Promise<CliResult> {
  const [program = '', ...words] = line.split(' ').map(placed);
  if (program === 'curl') {
    const answer = await fetch(
      String(words.at(-1)).replaceAll("'", '').replace('http://127.0.0.1:8080', gatewayOf(undefined).url),
    );
    return { code: answer.ok ? 0 : answer.status, stdout: await answer.text(), stderr: '' };
  }
  if (words[0] === 'serve') return serve(words);
  if (words[0] !== 'parties' || profile === undefined) return run(words);
  return run([...words, '--set', `msps=["${gatewayOf(valueOf(words, '--subject')).msp}"]`]);
}

/** The same by API: the facts of the files, drafted, looked through and signed by the client. */
async function fileByApi(party: string, facts: BodyIn<'createDraft'>): Promise<string> {
  const keys = new KeystoreKeys(
    new KeyStore(path.join(work, '.carbon-ledger', 'keys')),
    trialIo({ CARBON_LEDGER_PASSPHRASE: passphrase }),
  );
  const client = new LedgerClient({ baseUrl: gatewayOf(party).url, party, signer: await keys.signerOf(party) });
  const draft = await client.draft(facts);
  expect(draft.faults).toEqual([]);
  await client.anchorDraft(draft);
  await settledAll([], draft.recordId);
  return draft.recordId;
}

describe('docs/first-month.md', () => {
  const answers: (CliResult & { readonly line: string })[] = [];
  const last = (words: string): string => answers.filter(({ line }) => line.includes(words)).at(-1)?.stdout ?? '';

  it.each(linesOf('first-month.md'))('%s', async (line) => {
    const answer = await follow(line);
    answers.push({ line, ...answer });
    await settledAll(line.split(' '), answer.stdout);
    expect([answer.code, answer.code === 0 ? '' : answer.stderr]).toEqual([0, '']);
  });

  it('comes to what the page says', () => {
    expect(answers.length).toBeGreaterThan(40);
    expect(last('trace ')).toContain('208659.07 tCO2');
    expect(last('trace ')).toContain('intact');
    expect(last('verify scripts')).toContain('一致');
    expect(last('verify-receipt')).toContain('PASS');
    expect(last('--state ACCEPTED')).toContain('U1/2024-02/monthly-evidence');
    expect(last('POWER/2024/parameter')).toContain('surrender.deadline');
    expect(last('inbox --as 91140000MA0FAKE01X --type')).toContain('returned');
    expect(last('/v1/records?')).toContain('"version":2');
    expect(last('list --mark late')).toMatch(/days late[^\n]*U1\/2024-02\/monthly-evidence/);
  });

  it('goes on by API alone: March, from the sample to its acceptance', async () => {
    const [enterprise, lab] = ['91140000MA0FAKE01X', '91140100MA0FAKE2XU'];
    const subject = { uscc: enterprise, unit: 'U1', period: '2024-03' };
    const sample = { sampleMonth: '2024-03', sampleKind: '月缩分样', received: '2024-04-05' };
    await fileByApi(lab, { type: 'sample-receipt', subject, content: { sampleNo: 'U1-2024-03', ...sample } });
    const tested = {
      testStart: '2024-04-07',
      testEnd: '2024-04-09',
      issued: '2024-04-19',
      qualification: '240417250001',
    };
    await fileByApi(lab, {
      ...{ type: 'test-report', subject, content: { reportNo: 'FIC-CQ-202403-U1-103', ...sample, ...tested } },
      figures: {
        Cad_pct: '62.10',
        Mad_pct: '2.90',
        Had_pct: '3.65',
        Qgr_ad_MJ_kg: '24.900',
        Qnet_ar_GJ_t: '21.580',
        St_ad_pct: '0.77',
      },
    });
    const month = await fileByApi(enterprise, {
      ...{ type: 'monthly-evidence', subject, content: { carbonBasis: 'measured', dailyRecords: false } },
      figures: {
        ...{ coalConsumption_t: '100000.00', NCVar_GJ_t: '21.640', Mar_pct: '12.20', generation_MWh: '250000.000' },
        ...{
          heatSupply_GJ: '0.00',
          operatingHours_h: '744.00',
          onGrid_MWh: '238000.000',
          purchasedPower_MWh: '131.400',
        },
      },
    });
    for (const reviewer of ['11140600MB0FAKE06N', '11140000MB0FAKE14J'])
      await fileByApi(reviewer, { type: 'review', on: month, content: { decision: 'accept' } });
    const { items } = await new LedgerClient({ baseUrl: gatewayOf(undefined).url }).records({
      key: `${enterprise}/U1/2024-03/monthly-evidence`,
    });
    expect(items.map(({ state }) => state)).toEqual(['ACCEPTED']);
  });
});
