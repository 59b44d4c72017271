import { recordTypeNames, type RecordType } from '../records';
import { recordTypes, rulebooks, type Rulebook } from '../rulebook';
import { exampleOf } from '../rulebook/testing/content-table';
import { emptyView, type LedgerView } from '../state';
import { remembering, type AgendaSource, type CurrentRecord } from './source';
import { stepTitle } from './words';
import { workingYears } from './working-years';

const rulebook = rulebooks.get(1) as Rulebook;

/** A source of some current records, that writes down what it is asked. */
function sourceOf(
  records: readonly (CurrentRecord & { readonly type: string; readonly content?: Readonly<Record<string, unknown>> })[],
  asked: string[] = [],
): AgendaSource {
  const get: LedgerView['get'] = (kind, key) => {
    asked.push(`${kind}/${key}`);
    return emptyView.get(kind, key);
  };
  return {
    get,
    first: (kind, from, to) => emptyView.first(kind, from, to),
    async *current(type, state) {
      await Promise.resolve();
      for (const one of records) if (one.type === type && one.state === state) yield one;
    },
    head: (key) => Promise.resolve(records.find((one) => one.key === key)),
    record: (id) => {
      const found = records.find(({ record }) => record === id);
      return Promise.resolve(found && { issuer: 'x', content: found.content ?? {}, cites: [] });
    },
  };
}

const calendar = (
  year: string,
  state: string,
  content: unknown,
  at = year,
): Parameters<typeof sourceOf>[0][number] => ({
  ...{ type: 'working-days', key: `91110000MA0FAKE3W8/-/${year}/working-days`, record: `rec:${at}`, version: 1, state },
  ...{ since: '2024-01-01T00:00:00Z', by: `rec:${at}`, content: content as Readonly<Record<string, unknown>> },
});

describe('a source that remembers', () => {
  it('asks for each value of the world state once, and keeps kinds and keys apart', async () => {
    const asked: string[] = [];
    const source = remembering(sourceOf([], asked));
    for (const [kind, key] of [
      ['party', 'a'],
      ['party', 'b'],
      ['units', 'a'],
      ['party', 'a'],
      ['units', 'a'],
    ] as const)
      await source.get(kind, key);
    await Promise.all([source.get('listed', 'a/2024'), source.get('listed', 'a/2024')]);
    expect(asked).toEqual(['party/a', 'party/b', 'units/a', 'listed/a/2024']);
  });

  it('gives everything else as its source does', async () => {
    const plain = sourceOf([calendar('2024', 'FILED', {})]);
    const source = remembering(plain);
    const key = '91110000MA0FAKE3W8/-/2024/working-days';
    expect(await source.head(key)).toEqual(await plain.head(key));
    expect(await source.record('rec:2024')).toEqual(await plain.record('rec:2024'));
    expect(await source.first('lot', '', '~')).toBeUndefined();
    const keys: string[] = [];
    for await (const one of source.current('working-days', 'FILED')) keys.push(one.key);
    expect(keys).toEqual([key]);
  });
});

describe('calendars of working days', () => {
  const { states } = rulebook.processes[recordTypes['working-days'].process];
  const named = Object.entries(states);
  const content = exampleOf('working-days');

  it('are taken in every state in which they stand, and in no other', async () => {
    const all = named.map(([state], at) => calendar(String(2024 + at), state, content));
    const found = await workingYears(rulebook, sourceOf(all));
    const standing = named.flatMap(([, { standing: how }], at) => (how === 'stands' ? [String(2024 + at)] : []));
    expect(standing.length).toBeGreaterThan(0);
    expect(found.map(({ year }) => year).sort()).toEqual(standing);
  });

  it('have the year of their key, the days of their content, and the record that states them', async () => {
    const [state = ''] = named.flatMap(([name, { standing }]) => (standing === 'stands' ? [name] : []));
    const found = await workingYears(rulebook, sourceOf([calendar('2025', state, content, 'that')]));
    expect(found).toEqual([{ ...content, year: '2025', record: 'rec:that' }]);
  });

  it('that cannot be read are left out, and the others are not', async () => {
    const [state = ''] = named.flatMap(([name, { standing }]) => (standing === 'stands' ? [name] : []));
    const broken = { ...content, holidays: ['2024-13-01'] };
    const source = sourceOf([
      calendar('2024', state, broken),
      calendar('2025', state, content),
      calendar('2026', state, {}),
    ]);
    expect((await workingYears(rulebook, source)).map(({ year }) => year)).toEqual(['2025']);
  });
});

describe('the title of a step', () => {
  const file = (type: RecordType, role?: string): Parameters<typeof stepTitle>[1] => ({
    ...{ type, kind: type },
    ...(role === undefined ? {} : { role }),
  });

  it.each(recordTypeNames)('names %s, and what it is filed on, in both languages', (type) => {
    const { title } = recordTypes[type];
    for (const isAgain of [false, true]) {
      const first = stepTitle(rulebook, file(type), type, isAgain);
      expect(first.en).toBe(`${isAgain ? 'File again' : 'File'}: ${title.en}`);
      expect(first.zh).toBe(`${isAgain ? '重新提交' : '提交'}：${title.zh}`);
    }
    const on = stepTitle(rulebook, file('review', 'reviewed'), `${type}.x`, false);
    expect(on).toEqual({
      en: `${recordTypes.review.title.en}: ${title.en}`,
      zh: `${recordTypes.review.title.zh}：${title.zh}`,
    });
  });

  it('is that of a filing where what is acted on is no type of record', () => {
    for (const kind of ['constructor', 'nothing', ''])
      expect(stepTitle(rulebook, file('review', 'reviewed'), kind, false).zh).toBe(
        `提交：${recordTypes.review.title.zh}`,
      );
  });
});
