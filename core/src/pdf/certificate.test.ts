import fc from 'fast-check';
import { attachmentsOf, CERTIFICATE_SCHEMA, isCertificate, receiptsInCertificate } from '.';
import { concat, utf8Decode, utf8Encode } from '../bytes';
import { LedgerError } from '../errors';
import { packReceipt, RECEIPT_SCHEMA } from '../receipt';
import { ReceiptWorld } from '../receipt/testing/world';
import { attaching, packed, pdfOf, withPart, type Objects } from './testing/small-pdf';

const limits = { file: 1_000_000, count: 20, content: 10_000 };
const receipt = utf8Encode(`{"schema":"${RECEIPT_SCHEMA}"}`);
const codeOf = (pdf: Uint8Array): string => {
  try {
    attachmentsOf(pdf, limits);
    return 'read';
  } catch (error) {
    if (error instanceof LedgerError) return `${error.code} ${error.message}`;
    throw error;
  }
};

describe('what a PDF carries', () => {
  it('is read packed, plain, by a length that stands elsewhere, and under names in UTF-16', () => {
    const [one] = attachmentsOf(pdfOf(attaching(packed(receipt))), limits);
    expect([one?.name, utf8Decode(one!.bytes)]).toEqual(['a.receipt', utf8Decode(receipt)]);
    const plain = { ...attaching('<< /Length 5 0 R >>\nstream\r\nabc\nendstream', '<FEFF8BC1>'), 5: '3' };
    expect(attachmentsOf(pdfOf(plain), limits)).toEqual([{ name: '证', bytes: utf8Encode('abc') }]);
  });

  it('is read still when a seal was added behind it, and as the last part says', () => {
    const first = pdfOf(attaching(packed(receipt)));
    const start = Number(/startxref\n(\d+)/.exec(utf8Decode(first.slice(-60)))?.[1]);
    const trailer = `/Root 1 0 R /Prev ${String(start)}`;
    expect(attachmentsOf(withPart(first, { 9: '<< /Type /Sig >>' }, trailer), limits)).toHaveLength(1);
    const replaced = withPart(first, { 4: packed(utf8Encode('other')) }, trailer);
    expect(utf8Decode(attachmentsOf(replaced, limits)[0]!.bytes)).toBe('other');
  });

  const tree = (names: string): Objects => ({ ...attaching(packed(receipt)), 2: names });
  const stream = (text: string): Objects => attaching(text);
  /** Its part before is itself. */
  const circular = (): Uint8Array => {
    const file = utf8Decode(pdfOf({ 1: '<< >>' }, '/Root 1 0 R /Prev 00000'));
    return utf8Encode(file.replace('00000 >>', `${String(file.indexOf('xref')).padStart(5, '0')} >>`));
  };
  const hostile: readonly (readonly [string, string, Uint8Array])[] = [
    ['is no PDF', 'does not begin as a PDF', utf8Encode('%PS-1.0 hello, this is no such file')],
    ['is cut short', 'cut short', pdfOf(attaching(packed(receipt))).slice(0, -20)],
    [
      'has something behind its end',
      'behind its end',
      concat(pdfOf(attaching(packed(receipt))), utf8Encode('x'.repeat(2000))),
    ],
    ['is encrypted', 'encrypted', pdfOf(attaching(packed(receipt)), '/Root 1 0 R /Encrypt 5 0 R')],
    [
      'was written anew with streams of objects',
      'wrote it anew',
      utf8Encode('%PDF-1.7\n7 0 obj << >> endobj\nstartxref\n9\n%%EOF'),
    ],
    ['leads in a circle', 'circle', circular()],
    ['has a tree without end', 'too many attachments', pdfOf(tree('<< /Kids [ 2 0 R 2 0 R 2 0 R ] >>'))],
    ['has a tree that is only deep', 'too deep', pdfOf(tree('<< /Kids [ 2 0 R ] >>'))],
    ['has more attachments than are read', 'too many', pdfOf(tree(`<< /Names [ ${'(a) 3 0 R '.repeat(21)} ] >>`))],
    ['bursts when it is unpacked', 'PROOF_OVERSIZED', pdfOf(attaching(packed(new Uint8Array(5_000_000))))],
    [
      'bursts in parts',
      'PROOF_OVERSIZED',
      pdfOf({ ...tree('<< /Names [ (a) 3 0 R (b) 3 0 R (c) 3 0 R ] >>'), 4: packed(new Uint8Array(4000)) }),
    ],
    [
      'is packed twice',
      'more than one way',
      pdfOf(stream('<< /Filter [/FlateDecode /FlateDecode] /Length 3 >>\nstream\nabc\nendstream')),
    ],
    [
      'is packed in another way',
      'not known here',
      pdfOf(stream('<< /Filter /LZWDecode /Length 3 >>\nstream\nabc\nendstream')),
    ],
    [
      'was packed with a predictor',
      'more than one way',
      pdfOf(attaching(packed(receipt, '/DecodeParms << /Predictor 12 >>'))),
    ],
    ['says a wrong length', 'endstream', pdfOf(stream('<< /Length 2 >>\nstream\nabc\nendstream'))],
    ['says a length beyond its end', 'cut short', pdfOf(stream('<< /Length 99999 >>\nstream\nabc\nendstream'))],
    ['says no length', 'no length', pdfOf(stream('<< >>\nstream\nabc\nendstream'))],
    ['attaches what is nowhere', 'missing', pdfOf({ ...attaching(''), 4: '(no stream)' })],
    ['is nested without end', 'too deeply', pdfOf({ 1: '['.repeat(5000) })],
    ['has a word without end', 'no end', pdfOf({ 1: `/${'a'.repeat(70_000)}` })],
  ];

  it.each(hostile)('is refused where it %s', (_what, reason, pdf) => {
    expect(codeOf(pdf)).toContain(reason);
  });

  it('is read or refused whatever byte of it is damaged, and nothing else happens', () => {
    const good = pdfOf(attaching(packed(receipt)));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Uint8Array.from(good);
        bad[at] = (bad[at] ?? 0) ^ change;
        codeOf(bad);
      }),
      { numRuns: 500 },
    );
  });

  it('costs no more than going over it a few times, however its parts lie', () => {
    const count = 300;
    const head = '%PDF-1.7\n4 0 obj << /Length 1 >>\nstream\nx\nendstream endobj\n';
    const object = (at: number): string => `${String(at + 1000)} 0 obj %`;
    const comments = Array.from({ length: count }, (_, at) => object(at)).join('');
    // Each of the objects begins within the comment of the one before, and ends with all of them.
    const text = `${head}${comments}${' '.repeat(400_000)}\n<< /F (a) /EF << /F 4 0 R >> >> endobj\n`;
    const line = (number: number, place: number): string =>
      `${String(number)} 1\n${String(place).padStart(10, '0')} 00000 n \n`;
    const lines = Array.from({ length: count }, (_, at) => line(at + 1000, head.length + at * object(0).length));
    const names = Array.from({ length: count }, (_, at) => `(a) ${String(at + 1000)} 0 R`).join(' ');
    const trailer = `/Root << /Names << /EmbeddedFiles << /Names [ ${names} ] >> >> >>`;
    const table = `xref\n${line(4, 9)}${lines.join('')}trailer\n<< ${trailer} >>\n`;
    const file = utf8Encode(`${text}${table}startxref\n${String(text.length)}\n%%EOF`);
    expect(() => attachmentsOf(file, { ...limits, count: 1000 })).toThrow('within each other');
  });
});

describe('a certificate', () => {
  const named = (objects: Objects): Uint8Array =>
    pdfOf(objects, `/Root 1 0 R /Info << /Keywords (${CERTIFICATE_SCHEMA}) >>`);

  it('is told from other PDFs by what it says in the open', () => {
    expect(isCertificate(named(attaching(packed(receipt))))).toBe(true);
    expect(isCertificate(pdfOf(attaching(packed(receipt))))).toBe(false);
    expect(isCertificate(utf8Encode(CERTIFICATE_SCHEMA))).toBe(false);
  });

  it('gives its receipts, packed ones too, and leaves out what is none', () => {
    const whole = packReceipt(ReceiptWorld.create().receipt());
    const two = {
      ...attaching(packed(whole)),
      2: '<< /Names [ (a) 3 0 R (b) 5 0 R ] >>',
      5: '<< /F (b) /EF << /F 6 0 R >> >>',
      6: packed(utf8Encode('list')),
    };
    expect(receiptsInCertificate(named(two)).map(({ name }) => name)).toEqual(['a.receipt']);
  });

  it('says what it carries instead of a receipt', () => {
    expect(() => receiptsInCertificate(named({ 1: '<< >>' }))).toThrow('no file is attached');
    expect(() => receiptsInCertificate(named(attaching(packed(utf8Encode('x')), '(notes.txt)')))).toThrow(
      '"notes.txt"',
    );
  });
});
