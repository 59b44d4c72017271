import fc from 'fast-check';
import { attachmentsOf, CERTIFICATE_SCHEMA, receiptsInCertificate } from '.';
import { codeOf } from '../../../test/support/code-of';
import { utf8Encode } from '../bytes';
import { adler32 } from '../packing/adler32';
import { attaching, packed, pdfOf, type Objects } from './testing/small-pdf';
import { ValueReader, type PdfValue } from './values';

const limits = { file: 1_000_000, count: 20, content: 100_000 };
const refusals = ['CERTIFICATE_MALFORMED', 'PROOF_OVERSIZED', 'PROOF_MALFORMED'];

function read(text: string | Uint8Array): PdfValue {
  const bytes = typeof text === 'string' ? utf8Encode(text) : text;
  return new ValueReader(bytes, 0, { left: 10_000_000 }).value();
}

/** A value with one of its spellings. */
const spelled: fc.Arbitrary<{ readonly value: PdfValue; readonly text: string }> = fc.letrec<{
  value: { readonly value: PdfValue; readonly text: string };
}>((tie) => {
  const blank = fc.constantFrom(' ', '\n', '\r\n', '\t', ' % a comment ]>)\n');
  const name = fc.stringMatching(/^[A-Za-z]{1,8}$/);
  return {
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, false).map((value) => ({ value, text: String(value) })),
      fc.integer({ min: -99_999, max: 99_999 }).map((value) => ({ value, text: String(value) })),
      name.map((one) => ({ value: { kind: 'name' as const, name: one }, text: `/${one}` })),
      fc
        .nat(99_999)
        .map((number) => ({ value: { kind: 'reference' as const, number }, text: `${String(number)} 0 R` })),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => ({
        value: { kind: 'string' as const, bytes },
        text: `<${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}>`,
      })),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => ({
        value: { kind: 'string' as const, bytes },
        text: `(${Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')})`,
      })),
      fc.tuple(blank, fc.array(tie('value'), { maxLength: 4 })).map(([gap, items]) => ({
        value: { kind: 'array' as const, items: items.map(({ value }) => value) },
        text: `[${gap}${items.map(({ text }) => text).join(gap)}${gap}]`,
      })),
      fc
        .tuple(blank, fc.uniqueArray(fc.tuple(name, tie('value')), { maxLength: 4, selector: ([one]) => one }))
        .map(([gap, entries]) => ({
          value: { kind: 'dictionary' as const, entries: new Map(entries.map(([one, { value }]) => [one, value])) },
          text: `<<${gap}${entries.map(([one, { text }]) => `/${one} ${text}`).join(gap)}${gap}>>`,
        })),
    ),
  };
}).value;

describe('a value of a PDF', () => {
  it('is read as it was written, with blanks and comments wherever they may stand', () => {
    fc.assert(
      fc.property(spelled, ({ value, text }) => {
        expect(read(`${text} `)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['(a\\(b\\)c)', 'a(b)c'],
    ['(a(b)c)', 'a(b)c'],
    ['(a\\\r\nb)', 'ab'],
    ['(\\n\\r\\t\\b\\f\\z)', '\n\r\t\b\fz'],
    ['(\\53\\0531)', '++1'],
    ['<4>', '@'],
    ['<>', ''],
  ])('that is the text %j says %j (ISO 32000-1, 7.3.4)', (text, says) => {
    expect(read(`${text} `)).toEqual({ kind: 'string', bytes: utf8Encode(says) });
  });

  it.each(['<4', '<4g>', '(a', '(a\\', '[1 2', '<< /A', '<< 1 2 >>', '<< /A 1 >', '1e5', '--1', 'nul', ']', '%'])(
    'is refused where it is %j',
    (text) => {
      expect(codeOf(() => read(`${text} `))).toBe('CERTIFICATE_MALFORMED');
    },
  );

  it('in hex may be long, and is refused where it is longer than any', () => {
    expect(read(`<${'4'.repeat(65_536)}> `)).toEqual({ kind: 'string', bytes: new Uint8Array(32_768).fill(0x44) });
    expect(codeOf(() => read(`<${'4'.repeat(65_537)}> `))).toBe('CERTIFICATE_MALFORMED');
  });

  it('is read or refused, whatever bytes stand there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Array.from('[]<>()/% \\01R\nab')), { minLength: 1, maxLength: 30 }),
        (characters) => {
          expect(['none', 'CERTIFICATE_MALFORMED']).toContain(codeOf(() => read(characters.join(''))));
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Attachments in a tree whose leaves hold two each. */
function tree(contents: readonly Uint8Array[]): Objects {
  const leaf = (at: number): number => 10 + 3 * at;
  const names = contents.map((_, at) => `(f${String(at)}) ${String(leaf(at))} 0 R`);
  const kids = names
    .filter((_, at) => at % 2 === 0)
    .map((_, at) => `<< /Names [${names.slice(2 * at, 2 * at + 2).join(' ')}] >>`);
  const files = contents.flatMap((content, at): [number, Objects[number]][] => [
    [leaf(at), `<< /UF (f${String(at)}) /EF << /UF ${String(leaf(at) + 1)} 0 R >> >>`],
    [leaf(at) + 1, packed(content)],
  ]);
  return {
    1: '<< /Names << /EmbeddedFiles 2 0 R >> >>',
    2: `<< /Kids [${kids.join(' ')}] >>`,
    ...Object.fromEntries(files),
  };
}

describe('attachments', () => {
  const contents = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 7 });

  it('come out as they went in, every one, in their order', () => {
    fc.assert(
      fc.property(contents, (all) => {
        expect(attachmentsOf(pdfOf(tree(all)), limits)).toEqual(
          all.map((bytes, at) => ({ name: `f${String(at)}`, bytes })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('may be so many and so long as is said, and no more', () => {
    const all = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    const pdf = pdfOf(tree(all));
    // Its one leaf of the tree counts too.
    expect(attachmentsOf(pdf, { file: pdf.length, count: 3, content: 3 })).toHaveLength(2);
    expect(codeOf(() => attachmentsOf(pdf, { file: pdf.length - 1, count: 3, content: 3 }))).toBe('PROOF_OVERSIZED');
    expect(codeOf(() => attachmentsOf(pdf, { file: pdf.length, count: 2, content: 3 }))).toBe('CERTIFICATE_MALFORMED');
    expect(codeOf(() => attachmentsOf(pdf, { file: pdf.length, count: 3, content: 2 }))).toBe('PROOF_OVERSIZED');
  });

  it('are read, or refused with a code, of a file with a stretch cut out, doubled or overwritten', () => {
    const good = pdfOf(tree([utf8Encode('one'), utf8Encode('two'), utf8Encode('three')]));
    const stretch = fc.tuple(fc.nat(good.length), fc.nat(40), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(stretch, fc.boolean(), ([from, length, other], isDoubled) => {
        const put = isDoubled ? [...good.subarray(from, from + length), ...good.subarray(from, from + length)] : other;
        const bad = Uint8Array.from([...good.subarray(0, from), ...put, ...good.subarray(from + length)]);
        expect(['none', ...refusals]).toContain(codeOf(() => attachmentsOf(bad, limits)));
        expect(refusals).toContain(codeOf(() => receiptsInCertificate(bad)));
      }),
      { numRuns: 500 },
    );
  });

  it('are never another content under the same checksum: a changed byte of what is packed is told', () => {
    const content = utf8Encode(CERTIFICATE_SCHEMA.repeat(3));
    const stream = packed(content);
    const data = stream[1] as Uint8Array;
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = data.map((byte, index) => (index === at ? byte ^ change : byte));
        const pdf = pdfOf(attaching([stream[0] ?? '', changed, stream[2] ?? '']));
        try {
          const [one] = attachmentsOf(pdf, limits);
          // What was changed said nothing: another spelling of the same.
          expect(adler32(one?.bytes ?? new Uint8Array())).toBe(adler32(content));
          expect(one?.bytes).toEqual(content);
        } catch (error) {
          expect(refusals).toContain(
            codeOf(() => {
              throw error;
            }),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('that all name one long stream cost no more than the file is long', () => {
    // Blocks of nothing (RFC 1951, 3.2.4): long to go over, and empty when unpacked.
    const empty = Uint8Array.from([
      0x78,
      0x9c,
      ...Array.from({ length: 4000 }, () => [0, 0, 0, 0xff, 0xff]).flat(),
      1,
      0,
      0,
      0xff,
      0xff,
      0,
      0,
      0,
      1,
    ]);
    const stream = [`<< /Filter /FlateDecode /Length ${String(empty.length)} >>\nstream\n`, empty, '\nendstream'];
    const naming = (count: number): Uint8Array =>
      pdfOf({ ...attaching(stream), 2: `<< /Names [ ${'(a) 3 0 R '.repeat(count)} ] >>` });
    expect(attachmentsOf(naming(2), limits)).toHaveLength(2);
    expect(() => attachmentsOf(naming(10), limits)).toThrow('within each other');
  });
});
