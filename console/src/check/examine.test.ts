import type { VerificationAnswer } from '@carbon-ledger/client-sdk';
import { examine, type Means } from './examine';
import type { DroppedFile } from '../files/dropped';
import type { Recognised } from '../workers/proof.worker';

const digest = (letter: string): { sha256: string; sm3: string } => ({
  sha256: `sha256:${letter.repeat(64)}`,
  sm3: `sm3:${letter.repeat(64)}`,
});

function dropped(path: string, text: string): DroppedFile {
  return { path, file: new File([text], path) };
}

const consistent: VerificationAnswer = { verdict: 'consistent', verdictZh: '一致', reason: '', status: 'current' };
const passed = { result: 'PASS', missing: [], steps: [], proves: [], doesNotProve: [] } as const;

/** Means that know a file by its text. */
function means(over: Partial<Means> = {}): Means {
  return {
    recognise: async (file) => (/^#(\S+)/.exec(await file.text())?.[1] ?? 'file') as Recognised,
    hash: async (file) => digest((await file.text()).slice(0, 1)),
    receiptsIn: async (file) => [{ name: 'a.receipt', bytes: new Uint8Array(await file.arrayBuffer()) }],
    openTable: () => Promise.resolve({ document: { name: 'a', sha256: '' }, verdict: 'consistent', cells: [] }),
    verifyReceipt: () => Promise.resolve({ ...passed, record: { id: 'rec:1' } as never }),
    verifyFigureProof: () => Promise.resolve({ ...passed, figures: [], records: 1 }),
    ask: (items) => Promise.resolve(items.map(() => consistent)),
    statusOf: () => Promise.resolve('current'),
    policy: () => Promise.resolve('{}'),
    ...over,
  };
}

const noPolicy = (): void => {
  throw new Error('no policy was dropped');
};

describe('what was dropped', () => {
  it('is looked up by digest and name', async () => {
    const asked = jest.fn(means().ask);
    const [checked] = await examine(
      [dropped('folder/a.csv', 'a')],
      means({ ask: asked }),
      { sendNames: true },
      noPolicy,
    );
    expect(asked.mock.calls).toEqual([[[{ ...digest('a'), name: 'a.csv' }]]]);
    expect(checked).toMatchObject({ path: 'folder/a.csv', verdict: 'consistent' });
  });

  it('is looked up by digest alone where names are to stay here', async () => {
    const asked = jest.fn(means().ask);
    await examine([dropped('a.csv', 'a')], means({ ask: asked }), { sendNames: false }, noPolicy);
    expect(asked.mock.calls).toEqual([[[digest('a')]]]);
  });

  it('is left alone from where the person stops; what was read until then is answered', async () => {
    const files = ['a', 'b', 'c'].map((name) => dropped(name, name));
    const read: Blob[] = [];
    const hash: Means['hash'] = (file) => {
      read.push(file);
      return means().hash(file);
    };
    const choice = { sendNames: true, isStopped: () => read.length === 2 };
    const found = await examine(files, means({ hash }), choice, noPolicy);
    expect(found.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['a', 'consistent'],
      ['b', 'consistent'],
    ]);
  });

  it('cannot be told about where the ledger does not answer', async () => {
    const away = means({ ask: () => Promise.reject(new Error('away')) });
    expect(await examine([dropped('a', 'a')], away, { sendNames: true }, noPolicy)).toMatchObject([
      { kind: 'file', verdict: 'undecidable' },
    ]);
  });

  it('is a certificate: what it carries is checked, with the file beside it', async () => {
    const verifyReceipt = jest.fn(means().verifyReceipt);
    const files = [dropped('one.pdf', '#certificate'), dropped('report.csv', 'a')];
    const all = await examine(files, means({ verifyReceipt }), { sendNames: true }, noPolicy);
    expect(all).toMatchObject([
      { kind: 'receipt', path: 'one.pdf › a.receipt', inside: 'one.pdf', verdict: 'consistent' },
      { kind: 'file', path: 'report.csv' },
    ]);
    expect(verifyReceipt.mock.calls[0]?.[2]).toEqual(digest('a'));
  });

  it('is a certificate without a receipt that can be read: undecidable, with the reason', async () => {
    const receiptsIn = (): Promise<never> => Promise.reject(new Error('no file is attached to it'));
    const all = await examine(
      [dropped('one.pdf', '#certificate')],
      means({ receiptsIn }),
      { sendNames: true },
      noPolicy,
    );
    expect(all).toMatchObject([{ verdict: 'undecidable', reason: 'no-receipt', message: 'no file is attached to it' }]);
  });

  it('is an opening of cells: held to the ledger, or refused with the reason', async () => {
    const files = [dropped('o.json', '#cells-opening')];
    expect(await examine(files, means(), { sendNames: true }, noPolicy)).toMatchObject([
      { kind: 'opening', path: 'o.json', verdict: 'consistent' },
    ]);
    const openTable = (): Promise<never> => Promise.reject(new Error('it is no opening of cells'));
    expect(await examine(files, means({ openTable }), { sendNames: true }, noPolicy)).toMatchObject([
      { verdict: 'undecidable', reason: 'no-opening', message: 'it is no opening of cells' },
    ]);
  });

  it('is told apart: one that cannot be read keeps no other from being looked up', async () => {
    const hash: Means['hash'] = async (file) =>
      (await file.text()) === 'a' ? Promise.reject(new Error('gone')) : digest('b');
    const all = await examine([dropped('a', 'a'), dropped('b', 'b')], means({ hash }), { sendNames: true }, noPolicy);
    expect(all).toMatchObject([
      { path: 'a', reason: 'unreadable', message: 'gone' },
      { path: 'b', verdict: 'consistent' },
    ]);
  });

  it('takes a policy before the proofs, wherever it stands among them', async () => {
    const order: string[] = [];
    const verifyReceipt: Means['verifyReceipt'] = () => {
      order.push('receipt');
      return Promise.resolve({ ...passed });
    };
    const files = [dropped('a.receipt', '#receipt'), dropped('policy.json', '#policy')];
    await examine(files, means({ verifyReceipt }), { sendNames: true }, (_text, path) => order.push(path));
    expect(order).toEqual(['policy.json', 'receipt']);
  });

  it.each([
    ['the ledger is away', undefined, 'anchored'],
    ['an authority questions it', 'questioned', 'questioned'],
    ['it was returned', 'open', 'stale'],
    ['it was replaced', 'superseded', 'stale'],
  ])('is no 一致 for a receipt that passes where %s', async (_why, status, verdict) => {
    for (const dropping of ['#receipt', '#certificate']) {
      const standing = means({ statusOf: () => Promise.resolve(status) });
      const [checked] = await examine([dropped('a', dropping)], standing, { sendNames: true }, noPolicy);
      expect(checked).toMatchObject({ kind: 'receipt', verdict });
    }
  });

  it.each([
    [['current', 'current'], 'consistent'],
    [['current', 'withdrawn'], 'stale'],
    [['questioned', 'superseded', undefined], 'stale'],
    [['current', 'questioned', undefined], 'questioned'],
    [['current', undefined], 'anchored'],
  ])('takes a figure proof whose records are %j for %s', async (statuses, verdict) => {
    const figures = statuses.map((_, at) => ({ address: `A#${String(at)}`, record: `rec:${String(at)}`, value: '1' }));
    const verifyFigureProof = (): Promise<never> =>
      Promise.resolve({ ...passed, figure: 'A#0', figures, records: figures.length } as never);
    const statusOf = (id: string): Promise<string | undefined> => Promise.resolve(statuses[Number(id.slice(4))]);
    const all = await examine(
      [dropped('p', '#figure-proof')],
      means({ verifyFigureProof, statusOf }),
      { sendNames: true },
      noPolicy,
    );
    expect(all).toMatchObject([{ kind: 'figure-proof', verdict }]);
  });

  it('says that a receipt passes but its record was withdrawn', async () => {
    const withdrawn = means({ statusOf: () => Promise.resolve('withdrawn') });
    expect(await examine([dropped('a', '#receipt')], withdrawn, { sendNames: true }, noPolicy)).toMatchObject([
      { kind: 'receipt', verdict: 'stale', status: 'withdrawn' },
    ]);
  });

  it('says that a figure proof passes but its record was replaced, or its key was in other hands', async () => {
    const figure = 'A/U1/2024/annual-report#emission_tCO2';
    const verifyFigureProof: Means['verifyFigureProof'] = () =>
      Promise.resolve({
        ...{ result: 'PASS', missing: [], figure, records: 1, proves: [], doesNotProve: [] },
        figures: [{ address: figure, record: 'rec:1', value: '1', unit: 't' }],
      });
    const asked: string[] = [];
    for (const [status, verdict] of [
      ['superseded', 'stale'],
      ['questioned', 'questioned'],
      ['current', 'consistent'],
    ] as const) {
      const statusOf = (record: string): Promise<string> => Promise.resolve(asked.push(record) > 0 ? status : '');
      const all = await examine(
        [dropped('p', '#figure-proof')],
        means({ verifyFigureProof, statusOf }),
        { sendNames: true },
        noPolicy,
      );
      expect(all).toMatchObject([{ kind: 'figure-proof', verdict, status }]);
    }
    expect(asked).toEqual(['rec:1', 'rec:1', 'rec:1']);
  });

  it('checks a receipt against the one of several files that it names', async () => {
    const verifyReceipt: Means['verifyReceipt'] = (_proof, _policy, document) =>
      Promise.resolve(
        document?.sha256 === digest('b').sha256
          ? { ...passed, record: { id: 'rec:1' } as never }
          : { ...passed, result: 'FAIL', code: 'DOCUMENT_MISMATCH' },
      );
    const files = [dropped('a', 'a'), dropped('b', 'b'), dropped('r', '#receipt')];
    const [receipt] = await examine(files, means({ verifyReceipt }), { sendNames: true }, noPolicy);
    expect(receipt).toMatchObject({ kind: 'receipt', verdict: 'consistent' });
  });

  it('says so where there is no policy to check a proof with, or none that can be read', async () => {
    const none = means({ policy: () => Promise.reject(new Error('away')) });
    const bad = means({ verifyFigureProof: () => Promise.reject(new Error('no policy')) });
    const file = [dropped('p', '#figure-proof')];
    expect(await examine(file, none, { sendNames: true }, noPolicy)).toMatchObject([{ reason: 'no-policy' }]);
    expect(await examine(file, bad, { sendNames: true }, noPolicy)).toMatchObject([{ reason: 'bad-policy' }]);
  });

  it('counts every file once while it is recognised, and once while it is checked', async () => {
    const seen: string[] = [];
    const files = [dropped('a', 'a'), dropped('r', '#receipt'), dropped('p', '#policy')];
    await examine(
      files,
      means(),
      { sendNames: true },
      () => undefined,
      (phase, done) => seen.push(`${phase} ${String(done)}`),
    );
    expect(seen).toEqual(
      ['recognising', 'checking'].flatMap((phase) => [1, 2, 3].map((at) => `${phase} ${String(at)}`)),
    );
  });
});
