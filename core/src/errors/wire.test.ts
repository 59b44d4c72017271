import fc from 'fast-check';
import {
  assertNoFaults,
  catalogue,
  formatWireError,
  isErrorCode,
  isLedgerError,
  LedgerError,
  parseWireError,
  toWireError,
  type ErrorCode,
  type Fault,
} from '.';

const codes = Object.keys(catalogue) as ErrorCode[];
const code = fc.constantFrom(...codes);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const details = fc.dictionary(
  text.filter((name) => name !== '__proto__'),
  fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
);
const fault: fc.Arbitrary<Fault> = fc.record({ path: text, code, message: text, details });

describe('an error of the catalogue', () => {
  it.each(codes)('%s has words in two languages, a cure, and what a service and a program answer', (name) => {
    const { http, exit, en, zh, cure, cureZh } = catalogue[name];
    for (const words of [en, zh, cure, cureZh]) expect(words.trim().length).toBeGreaterThan(3);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect([1, 2, 3]).toContain(exit);
    // Not known yet is no refusal: the service answers that it will be (202).
    expect(http).toBeGreaterThanOrEqual(name === 'OUTCOME_UNKNOWN' ? 202 : 400);
    expect(http).toBeLessThan(600);
  });

  it('says what the catalogue says where nothing more is known', () => {
    for (const name of codes) {
      const error = new LedgerError(name);
      expect([error.message, error.details, error.faults, error.cause]).toEqual([
        catalogue[name].en,
        {},
        [],
        undefined,
      ]);
    }
  });

  it('has a code that is one of the catalogue, and of no object', () => {
    for (const name of codes) expect(isErrorCode(name)).toBe(true);
    for (const name of ['toString', 'constructor', '__proto__', '', 'bad_record', 'BAD_RECORD '])
      expect(isErrorCode(name)).toBe(false);
  });

  it('is known as one, also from another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { name: 'LedgerError', code: 'BAD_RECORD' });
    expect(isLedgerError(foreign)).toBe(true);
    expect(isLedgerError(Object.assign(new Error('x'), { name: 'LedgerError', code: 'NONE' }))).toBe(false);
    for (const other of [
      new Error('BAD_RECORD'),
      { name: 'LedgerError', code: 'BAD_RECORD' },
      'BAD_RECORD',
      null,
      undefined,
    ])
      expect(isLedgerError(other)).toBe(false);
  });
});

describe('faults', () => {
  it('are thrown all at once, counted, or not at all', () => {
    const one: Fault = { path: '/a', code: 'BAD_RECORD', message: 'm' };
    expect(() => {
      assertNoFaults('BAD_RECORD', [], 'x');
    }).not.toThrow();
    expect(() => {
      assertNoFaults('BAD_RECORD', [one], 'x');
    }).toThrow('x: 1 fault');
    expect(() => {
      assertNoFaults('BAD_RECORD', [one, one], 'x');
    }).toThrow(expect.objectContaining({ message: 'x: 2 faults', faults: [one, one] }) as Error);
  });
});

describe('an error on its way out of a contract', () => {
  it('comes back as it was, whatever a peer wraps around it', () => {
    const around = fc.constantFrom(
      '',
      'chaincode response 500, ',
      'rpc error: code = Aborted desc = ',
      'transaction returned with failure: Error: ',
    );
    fc.assert(
      fc.property(
        code,
        text,
        details,
        fc.array(fault, { maxLength: 4 }),
        around,
        (name, message, known, faults, before) => {
          const back = parseWireError(
            before + formatWireError(new LedgerError(name, message, { details: known, faults })),
          );
          expect([back?.code, back?.message, back?.details, back?.faults]).toEqual([name, message, known, faults]);
        },
      ),
    );
  });

  it.each([
    '',
    'BAD_RECORD',
    'BAD_RECORD: x',
    'BAD_RECORD: {',
    'NOT_IN_CATALOGUE: {}',
    'bad_record: {}',
    'BAD_RECORD: {"a":}',
  ])('is none in %j', (wire) => {
    expect(parseWireError(wire)).toBeUndefined();
  });

  it('is read without what is not well formed in it', () => {
    const wire =
      'BAD_RECORD: {"message":1,"details":[],"faults":[{"path":"/a","code":"BAD_RECORD","message":"m"},{"path":"/b","code":"NONE","message":"m"},1,null]}';
    const back = parseWireError(wire);
    expect([back?.message, back?.details, back?.faults]).toEqual([
      catalogue.BAD_RECORD.en,
      {},
      [{ path: '/a', code: 'BAD_RECORD', message: 'm' }],
    ]);
  });

  it('stays what it was where it is a fault of the program', () => {
    const bug = new TypeError('x is not a function');
    expect(toWireError(bug)).toBe(bug);
    const wire = toWireError(new LedgerError('BAD_RECORD', 'm'));
    expect(wire).toBeInstanceOf(Error);
    expect((wire as Error).message.startsWith('BAD_RECORD: {')).toBe(true);
  });
});
