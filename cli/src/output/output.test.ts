import { isPlainText, LedgerError } from '@carbon-ledger/core';
import { trialIo } from '../keys/testing/trial-io';
import { Output } from './output';
import { CommanderError } from 'commander';
import { z } from 'zod';
import { inShape } from '../files/shape';
import { languageAsked } from './language';
import { exitCodeOf, formatProblem, problemWords, toLedgerError } from './problem';
import { plainText, styleFor, wantsColour } from './style';
import { formatTable } from './table';
import { formatTree } from './tree';

const terminal = { write: () => true, isTTY: true };

describe('table', () => {
  it('aligns Chinese text by terminal cells', () => {
    const columns = [
      { title: 'A', value: (row: readonly string[]) => row[0] ?? '' },
      { title: 'N', value: (row: readonly string[]) => row[1] ?? '', align: 'right' as const },
    ];
    expect(
      formatTable(columns, [
        ['一致', '1'],
        ['abc', '22'],
      ]),
    ).toBe('A      N\n一致   1\nabc   22');
  });
});

describe('tree', () => {
  it('draws branches', () => {
    const leaf = (label: string): { label: string; children: [] } => ({ label, children: [] });
    const tree = { label: 'r', children: [{ label: 'a', children: [leaf('b')] }, leaf('c')] };
    expect(formatTree(tree)).toBe('r\n├─ a\n│  └─ b\n└─ c');
  });
});

describe('style', () => {
  it('paints on a terminal only, and not with NO_COLOR', () => {
    expect(wantsColour(terminal, {})).toBe(true);
    expect(wantsColour(terminal, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour(terminal, { TERM: 'dumb' })).toBe(false);
    expect(wantsColour({ write: () => true }, {})).toBe(false);
    expect(styleFor({ write: () => true }, {}).bad('x')).toBe('x');
  });
  it('lets nobody write to the terminal through a name', () => {
    expect(plainText('a\u001b[2Jb\u202ec\u009b')).toBe('a‹U+001B›[2Jb‹U+202E›c‹U+009B›');
  });
});

describe('an answer', () => {
  const written = (json: boolean, value: unknown, text: string): string => {
    let stdout = '';
    const sink = { write: (part: string) => (stdout += part) };
    new Output({ ...trialIo({}), stdout: sink }, json).result(value, () => text);
    return stdout;
  };

  it('shows what is not seen in names, and keeps its own lines', () => {
    expect(written(false, {}, '晋\u200b能\nb\u202e\u001b]0;x\u0007')).toBe(
      '晋‹U+200B›能\nb‹U+202E›‹U+001B›]0;x‹U+0007›\n',
    );
  });

  it('escapes it in JSON, without changing a value', () => {
    const value = { '晋\u200b能': ['\u202e', '\ufeff\u009b'] };
    const text = written(true, value, '');
    expect(text).toContain('晋\\u200b能');
    expect(isPlainText(text.replaceAll('\n', ''))).toBe(true);
    expect(JSON.parse(text)).toEqual(value);
  });
});

function problemOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    return formatProblem(toLedgerError(error)).split('\n');
  }
  return [];
}

describe('problem', () => {
  it('lists every fault, the cure and both languages', () => {
    const faults = [{ path: '/units/0', code: 'BAD_RECORD' as const, message: 'no' }];
    const text = formatProblem(new LedgerError('BAD_FILE', 'plant.json', { faults }));
    expect(text.split('\n')).toEqual([
      'BAD_FILE: plant.json',
      '  The file has faults; nothing was anchored.',
      '  文件有错误，未锚定任何内容。',
      '  /units/0: BAD_RECORD: no',
      '  → Correct every fault that is listed.',
      '  → 按所列错误逐一改正。',
    ]);
  });
  it('is Chinese from end to end on a Chinese terminal, and for who asks for it', async () => {
    const message = 'report: 0 cited, at least 1 needed';
    const faults = [{ path: '/cites', code: 'CITATION_MISSING' as const, message }];
    const lines = formatProblem(new LedgerError('BAD_FILE', 'plant.json', { faults }), await problemWords('zh')).split(
      '\n',
    );
    expect(lines).toEqual([
      'BAD_FILE: plant.json',
      '  文件有错误，未锚定任何内容。',
      '  /cites: CITATION_MISSING: 引用“report” 0 条，至少 1 条',
      '  → 按所列错误逐一改正。',
    ]);
    const zh = { LANG: 'zh_CN.UTF-8' };
    const asked = [languageAsked([], zh), languageAsked(['--lang', 'en'], zh), languageAsked(['--lang=zh'], {})];
    expect(asked).toEqual(['zh', 'en', 'zh']);
  });

  it('is lines, and no text with the signs of line ends in it', () => {
    const guess = new CommanderError(
      1,
      'commander.unknownOption',
      "error: unknown option '--typ'\n(Did you mean --type?)",
    );
    expect(formatProblem(toLedgerError(guess)).split('\n')[0]).toBe(
      "USAGE: unknown option '--typ' (Did you mean --type?)",
    );
    const details = { cell: 'B2', expected: 'a day' };
    const cell = { path: 'sheet!B2', code: 'BAD_FILE' as const, message: 'no day', details };
    expect(formatProblem(new LedgerError('BAD_FILE', 'a.xlsx', { faults: [cell] }))).not.toContain('‹');
    const schema = z.strictObject({ a: z.string(), b: z.array(z.int()) });
    const value = { b: [1, 'x'], 'c\nd': 1 };
    expect(problemOf(() => inShape(schema, value, 'f.json'))).toEqual([
      'BAD_FILE: f.json',
      expect.stringMatching(/faults/),
      expect.any(String),
      expect.stringMatching(/^ {2}\/a: BAD_FILE: /),
      expect.stringMatching(/^ {2}\/b\/1: BAD_FILE: /),
      expect.stringContaining('c‹U+000A›d'),
      expect.any(String),
      expect.any(String),
    ]);
  });
  it.each([
    [new LedgerError('NOT_FOUND'), 1],
    [new LedgerError('USAGE'), 2],
    [new LedgerError('UNREACHABLE'), 3],
    [new Error('odd'), 3],
    [new LedgerError('INTERRUPTED'), 130],
  ])('%s exits %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});
