import { inflateSync } from 'node:zlib';
import { makePdf, type Paper } from '.';

const paper: Paper = {
  language: 'zh',
  title: '追溯报告',
  subtitle: '2 号机组 2024 年 9 月 月度存证，第 2 版',
  foot: '碳审计账本',
  dated: '2024-10-10T00:00:00Z',
  keywords: ['carbon-ledger/paper'],
  blocks: [
    { kind: 'verdict', tone: 'bad', text: '中断' },
    { kind: 'facts', rows: [['SHA-256', `sha256:${'0123456789abcdef'.repeat(4)}`]] },
    { kind: 'heading', text: '数据项' },
    { kind: 'text', text: '排放量', quiet: true },
    { kind: 'list', items: ['甲', '乙'] },
    {
      kind: 'table',
      columns: [
        { title: '名称', width: 3 },
        { title: '数值', width: 1, align: 'right' },
      ],
      rows: [['排放量 tCO₂', '85257.35'], [{ text: '中断', tone: 'bad' }]],
    },
    { kind: 'code', content: 'http://127.0.0.1:8080/records/rec', text: '扫码' },
  ],
  attachments: [{ name: 'a.json', mediaType: 'application/json', bytes: Buffer.from('{"a":1}'), description: '甲' }],
};

const textOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

/** Every stream of the file, unpacked. */
function eachStream(pdf: Uint8Array): string[] {
  const file = textOf(pdf);
  return Array.from(file.matchAll(/\/FlateDecode[^>]*>>\s*stream\n/g), ({ index, 0: head }) => {
    const from = index + head.length;
    return inflateSync(Buffer.from(file.slice(from, file.indexOf('\nendstream', from)), 'latin1')).toString('latin1');
  });
}

const streamsOf = (pdf: Uint8Array): string => eachStream(pdf).join('\n');

/** What stands on each page, from top to bottom, by its tags. */
function tagsOf(pdf: Uint8Array): string[][] {
  const onPages = eachStream(pdf).map((stream) =>
    Array.from(stream.matchAll(/\/(\w+) <<[^>]*>> BDC/g), ([, tag]) => tag!),
  );
  return onPages.filter((tags) => tags.length > 0);
}

const pages = (pdf: Uint8Array): number => textOf(pdf).match(/\/Type \/Page\n/g)?.length ?? 0;

describe('a paper', () => {
  let pdf: Uint8Array;

  beforeAll(async () => {
    pdf = await makePdf(paper);
  });

  it('is the same bytes whenever it is made, and others for another', async () => {
    expect(Buffer.from(pdf).equals(await makePdf(paper))).toBe(true);
    expect(Buffer.from(pdf).equals(await makePdf({ ...paper, title: '别的' }))).toBe(false);
  });

  it('has properties that are XML, whatever stands in its title and under it', async () => {
    const hostile = `a & b <c> ]]> &amp; "d" 'e' \u0007`;
    const file = Buffer.from(await makePdf({ ...paper, title: hostile, subtitle: hostile, keywords: [hostile] }));
    const packet = /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(file.toString('utf8'))?.[0] ?? '';
    const shown = `a ＆ b ＜c＞ ]]＞ ＆amp; "d" 'e' [U+0007]`;
    expect(packet.split(shown)).toHaveLength(4);
    expect(packet.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>&]/);
  });

  it('bears the date of what it is about, its language and its own fonts, and says that it is PDF/A-3a', () => {
    const file = textOf(pdf);
    expect(file).toContain('/Lang (zh-CN)');
    expect(file).toContain('/FontFile3');
    expect(file).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(file).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(file).toContain('(D:20241010000000Z)');
    expect(file).not.toContain(`(D:${String(new Date().getUTCFullYear())}`);
  });

  it('holds its attachments, whole', () => {
    expect(textOf(pdf)).toContain('/AFRelationship /Data');
    expect(streamsOf(pdf)).toContain('{"a":1}');
  });

  it('goes on over as many pages as it takes, with the titles of the table on each', async () => {
    const rows = Array.from({ length: 120 }, (_, at) => [`数据项 ${String(at)}`, String(at)]);
    const table = {
      kind: 'table',
      columns: [
        { title: '名称', width: 1 },
        { title: '数值', width: 1 },
      ],
      rows,
    } as const;
    const many = await makePdf({ ...paper, blocks: [table] });
    expect(pages(many)).toBeGreaterThan(2);
    expect(textOf(many).match(/\/S \/TH\n/g)).toHaveLength(2 * pages(many));
  });

  it('never stops at a text without an end to break at, nor at a row of the height of pages', async () => {
    const long = 'x'.repeat(4000);
    const table = {
      kind: 'table',
      columns: [
        { title: 'a', width: 1 },
        { title: 'b', width: 3 },
      ],
      rows: [[long, long]],
    } as const;
    const odd = await makePdf({ ...paper, title: 'y'.repeat(500), blocks: [{ kind: 'list', items: [long] }, table] });
    expect(pages(odd)).toBeLessThan(9);
  });

  const filler = (lines: number): Paper['blocks'] =>
    Array.from({ length: lines }, () => ({ kind: 'text', text: '一' }) as const);
  const tall = { title: '对账', width: 1 };

  it.each([
    ['a table', { kind: 'table', columns: [tall], rows: [['一\n'.repeat(12)], ['二']] }],
    ['a table with a row of the height of pages', { kind: 'table', columns: [tall], rows: [['一\n'.repeat(200)]] }],
    ['facts', { kind: 'facts', rows: [['甲', '一\n'.repeat(6)]] }],
    ['a list', { kind: 'list', items: ['一\n'.repeat(9)] }],
    ['a verdict', { kind: 'verdict', tone: 'bad', text: '一\n'.repeat(9) }],
    ['a code', { kind: 'code', content: 'http://127.0.0.1', text: '一' }],
  ] satisfies [string, Paper['blocks'][number]][])(
    'leaves no heading alone at the foot of a page, before %s',
    async (_, block) => {
      for (const lines of [24, 25, 26, 27, 28]) {
        const blocks = [
          ...filler(lines),
          { kind: 'heading', text: '结果' } as const,
          { kind: 'heading', text: '按企业' } as const,
          block,
        ];
        for (const tags of tagsOf(await makePdf({ ...paper, blocks }))) expect(['H2', 'TH']).not.toContain(tags.at(-1));
      }
    },
  );

  it('goes on with every cell of a row that is higher than a page', async () => {
    const columns = [tall, { ...tall, title: '登记' }];
    const rows = [['一\n'.repeat(150), '二\n'.repeat(150)]];
    const onPages = tagsOf(await makePdf({ ...paper, blocks: [{ kind: 'table', columns, rows }] }));
    expect(onPages.map((tags) => tags.filter((tag) => tag === 'TD').length)).toEqual([2, 2, 2]);
  });

  it('refuses a date that is none', () => {
    expect(() => makePdf({ ...paper, dated: 'yesterday' })).toThrow('yesterday');
  });
});
