import { digestBytes } from '@carbon-ledger/core';
import { prefixes, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { document, file, changed, report } from '../testing/anchored-report';
import { MOST_NAMESAKES, MOST_NAMING, type AnchoredDocuments } from './naming-records';
import { verifyItems } from './verification';

const entry: AnchoredEntry = {
  ...report,
  ...{ text: '', status: 'current', state: 'CURRENT', txId: '', submission: '', anchoredAt: '2026-01-02T03:04:05Z' },
  ...{ blockNumber: '1', logIndex: 1, indexInSubmission: 0 },
};

/** Indexes that name so many newer records than the one that is meant, none of which is of the party that is asked about. */
function flooded(count: number): AnchoredDocuments {
  const others = Array.from({ length: count }, (_, at) => `rec:${at.toString(16).padStart(64, '0')}`);
  const known = [prefixes.name(document.name), prefixes.document(document.sha256)];
  const record = (id: string): Promise<AnchoredEntry | undefined> =>
    Promise.resolve(id === entry.id ? entry : undefined);
  return {
    newest: (prefix, limit) => Promise.resolve(known.includes(prefix) ? [...others, entry.id].slice(0, limit) : []),
    reader: { record, records: (ids) => Promise.all(ids.map(record)) },
  };
}

async function verdictOf(documents: AnchoredDocuments, item: object): Promise<string> {
  const [answer] = await verifyItems(documents, [{ sha256: document.sha256, ...item }]);
  return answer!.verdict;
}

describe('a file that more records name than are looked at', () => {
  it.each([
    ['its digest', { sha256: digestBytes(file).sha256 }],
    ['its name alone', { name: document.name, sha256: digestBytes(changed).sha256 }],
  ])('is undecidable by %s, not unknown', async (_what, item) => {
    const most = 'name' in item ? MOST_NAMESAKES : MOST_NAMING;
    expect(await verdictOf(flooded(most - 1), item)).toMatch(/^(?:in)?consistent$/);
    expect(await verdictOf(flooded(most), item)).toBe('undecidable');
  });

  it('is found under the record that is said', async () => {
    expect(await verdictOf(flooded(MOST_NAMING), { record: report.id })).toBe('consistent');
  });

  it('is paid for by who asks, and looked at in turns', async () => {
    let [spent, turns] = [0, 0];
    const spend = (units: number): number => (spent += units);
    const turn = (): Promise<void> => Promise.resolve(void (turns += 1));
    await verifyItems(flooded(49), [{ sha256: document.sha256 }], { spend, turn });
    expect([spent, turns]).toEqual([0, 0]);
    await verifyItems(flooded(999), [{ sha256: document.sha256 }], { spend, turn });
    expect([Math.round(spent), turns]).toEqual([95, 19]);
  });
});

describe('a file that records of several parties name', () => {
  /** A record of somebody else that names the laboratory's file. */
  function other(issuer: string, number: number): AnchoredEntry {
    const key = `${issuer}/U1/2024-02/x.${String(number)}`;
    const id = `rec:${issuer.slice(0, 2)}${number.toString(16).padStart(62, '0')}`;
    return { ...entry, id, key, record: { ...entry.record, issuer } };
  }

  /** Newest first. */
  function naming(...entries: readonly AnchoredEntry[]): AnchoredDocuments {
    const byId = new Map(entries.map((one) => [one.id, one]));
    const record = (id: string): Promise<AnchoredEntry | undefined> => Promise.resolve(byId.get(id));
    const isNamed = (prefix: string): boolean => prefix === prefixes.document(document.sha256);
    return {
      newest: (prefix, limit) => Promise.resolve(isNamed(prefix) ? [...byId.keys()].slice(0, limit) : []),
      reader: { record, records: (ids) => Promise.all(ids.map(record)) },
    };
  }
  const first = 'a'.repeat(18);
  const second = 'b'.repeat(18);

  it('is one file all the same: another of its name is inconsistent with it, unless two such files are anchored', async () => {
    const named = (...entries: readonly AnchoredEntry[]): AnchoredDocuments => {
      const byId = new Map(entries.map((one) => [one.id, one]));
      const record = (id: string): Promise<AnchoredEntry | undefined> => Promise.resolve(byId.get(id));
      return {
        newest: (prefix) => Promise.resolve(prefix === prefixes.name(document.name) ? [...byId.keys()] : []),
        reader: { record, records: (ids) => Promise.all(ids.map(record)) },
      };
    };
    const another = other(second, 2);
    const documents = [{ ...document, sha256: digestBytes(Buffer.from('another')).sha256 }];
    const differs = { ...another, record: { ...another.record, documents } };
    const item = { name: document.name, sha256: digestBytes(changed).sha256 };
    expect(await verdictOf(named(other(first, 1), entry), item)).toBe('inconsistent');
    expect(await verdictOf(named(entry, differs), item)).toBe('undecidable');
  });

  it('is told with each of them, however narrow the question is', async () => {
    const ledger = naming(other(first, 1), entry, other(second, 1));
    for (const narrow of [{}, { record: report.id }, { party: report.record.subject.uscc }]) {
      const [answer] = await verifyItems(ledger, [{ sha256: document.sha256, ...narrow }]);
      const told = [answer!.party, ...(answer!.also ?? []).map(({ party }) => party)];
      expect(told.sort()).toEqual([report.record.issuer, first, second].sort());
      expect(answer).toMatchObject({
        verdict: 'consistent',
        reason: expect.stringContaining('2 other records') as string,
      });
    }
  });

  it('is hidden by nobody who names it again and again', async () => {
    const many = Array.from({ length: 40 }, (_, at) => other(first, at + 1));
    const [answer] = await verifyItems(naming(...many, entry), [{ sha256: document.sha256 }]);
    expect(answer!.also).toHaveLength(20);
    expect(answer!.also!.map(({ key }) => key)).toContain(entry.key);
  });

  it('is no yes where its record was signed with a key that was in other hands', async () => {
    const doubt = { record: other(first, 3).id, type: 'party', party: first, at: entry.anchoredAt, why: 'stolen' };
    const doubtOf = (one: AnchoredEntry): Promise<typeof doubt | undefined> =>
      Promise.resolve(one.id === entry.id ? doubt : undefined);
    const verdicts = async (item: object): Promise<string[]> =>
      (await verifyItems(naming(entry), [{ sha256: document.sha256, ...item }], { doubtOf })).map(
        ({ verdict }) => verdict,
      );
    expect([await verdicts({}), await verdicts({ record: report.id })]).toEqual([['questioned'], ['questioned']]);
    const [answer] = await verifyItems(naming(entry), [{ sha256: document.sha256 }], { doubtOf });
    expect(answer).toMatchObject({ questioned: doubt, reason: expect.stringContaining('stolen') as string });
  });

  it('is no yes where one row of it does not stand, unless another record is meant', async () => {
    const ended = { ...other(report.record.issuer, 4), status: 'superseded' as const, changedBy: other(second, 8).id };
    const rows = [entry, other(report.record.issuer, 5), ended];
    expect(await verdictOf(naming(...rows), {})).toBe('no-longer-stands');
    expect(await verdictOf(naming(...rows), { record: report.id })).toBe('consistent');
    const [answer] = await verifyItems(naming(...rows), [{ sha256: document.sha256 }]);
    expect(answer).toMatchObject({ key: ended.key, reason: expect.stringMatching(/^1 of the 3 records/) as string });
    // Another party's record takes nothing from it, nor does an earlier place of a report that was filed anew.
    const foreign = { ...other(second, 6), status: 'withdrawn' as const };
    expect(await verdictOf(naming(entry, other(report.record.issuer, 5), foreign), {})).toBe('consistent');
    expect(await verdictOf(naming(entry, ended), {})).toBe('consistent');
    const asRow = (one: AnchoredEntry): AnchoredEntry => ({
      ...one,
      record: { ...one.record, documents: [{ ...document, role: 'workbook' }] },
    });
    expect(await verdictOf(naming(asRow(entry), asRow(ended)), {})).toBe('no-longer-stands');
  });

  it('is no yes where one row of it is in doubt, however many there are', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => other(report.record.issuer, at + 10));
    const why = { record: entry.id, type: 'finding', party: second, at: entry.anchoredAt, why: 'seen' };
    const doubtOf = (one: AnchoredEntry): Promise<typeof why | undefined> =>
      Promise.resolve(one.id === rows[250]!.id ? why : undefined);
    const looked = async (item: object): Promise<unknown> =>
      (await verifyItems(naming(entry, ...rows), [{ sha256: document.sha256, ...item }], { doubtOf }))[0];
    expect(await looked({})).toMatchObject({ verdict: 'questioned', key: rows[250]!.key, questioned: why });
    expect(await looked({ record: report.id })).toMatchObject({ verdict: 'consistent' });
    const gone = [...rows.slice(0, 299), { ...rows[299]!, status: 'withdrawn' as const }];
    expect(await verdictOf(naming(entry, ...gone), {})).toBe('no-longer-stands');
  });

  it('is no yes where more records name it than are judged', async () => {
    const rows = Array.from({ length: MOST_NAMING }, (_, at) => other(report.record.issuer, at + 10));
    const [answer] = await verifyItems(naming(...rows, entry), [{ sha256: document.sha256 }]);
    expect(answer).toMatchObject({ verdict: 'undecidable', verdictZh: '无法判定', key: rows[0]!.key });
    expect(answer!.reason).toContain('say which record');
  });

  it('is told alone where versions of one key name it', async () => {
    const earlier = { ...entry, id: other(first, 9).id, status: 'superseded' as const };
    const [answer] = await verifyItems(naming(entry, earlier), [{ sha256: document.sha256 }]);
    expect([answer!.record, answer!.also]).toEqual([entry.id, undefined]);
  });
});

describe('a month that its enterprise explained', () => {
  it('stays in doubt until an authority accepts it, and who doubted it is told', async () => {
    const by = (
      id: string,
      type: 'review' | 'explanation',
      cites: AnchoredEntry['record']['cites'],
      said: Record<string, unknown>,
    ): AnchoredEntry => ({
      ...{ ...entry, id, key: `k/${type}` },
      record: { ...entry.record, type, cites, issuer: type === 'review' ? 'nation' : 'plant', content: said },
    });
    const question = by('rec:q', 'review', [], { reasons: [{ text: '热值异常' }] });
    const about = [{ role: 'about', record: question.id, key: question.key }];
    const answer = by('rec:e', 'explanation', about, { items: [] });
    const month = {
      ...{ ...entry, state: 'EXPLAINED', changedBy: answer.id },
      record: { ...entry.record, type: 'monthly-evidence', kind: 'monthly-evidence' },
    } as AnchoredEntry;
    const known = [month, question, answer];
    const record = (id: string): Promise<AnchoredEntry | undefined> =>
      Promise.resolve(known.find((one) => one.id === id));
    const documents: AnchoredDocuments = {
      newest: (prefix) => Promise.resolve(prefix === prefixes.document(document.sha256) ? [month.id] : []),
      reader: { record, records: (ids) => Promise.all(ids.map(record)) },
    };
    const [told] = await verifyItems(documents, [{ sha256: document.sha256 }]);
    expect(told).toMatchObject({ verdict: 'questioned', questioned: { record: 'rec:q', party: 'nation' } });
    expect(told?.reason).toContain('热值异常');
  });
});
