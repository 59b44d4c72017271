import fc from 'fast-check';
import { toHex } from '../bytes';
import type { Figure } from '../records';
import { recordOf, told } from '../rulebook/testing/bench';
import { CitedRecords } from './context';
import { saltFaults } from './salts';

const figure = (name: string, salt: string): Figure => ({ name, value: '1', unit: 't', salt });
const nothing = new CitedRecords({ records: [], figures: {} });
const faults = (salts: readonly string[], context = nothing, id = 'rec:own'): string[] =>
  saltFaults({ id, figures: salts.map((salt, at) => figure(`f${String(at)}`, salt)) }, context).map(told);
const random = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toHex);

describe('the salts of a record', () => {
  it('are not one byte again and again', () => {
    for (let byte = 0; byte < 256; byte += 1)
      expect(faults([byte.toString(16).padStart(2, '0').repeat(16)])).toEqual(['SALT_WEAK /figures/0/salt']);
  });

  it('are as many as its figures: each repetition is told at its place', () => {
    const salts = fc.array(
      fc.constantFrom(
        '00112233445566778899aabbccddeeff',
        'ffeeddccbbaa99887766554433221100',
        '0123456789abcdef0123456789abcdee',
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(salts, (some) => {
        const expected = some.flatMap((salt, at) =>
          some.indexOf(salt) < at ? [`SALT_REUSED /figures/${String(at)}/salt`] : [],
        );
        expect(faults(some)).toEqual(expected);
      }),
    );
  });

  it('are taken where they are random', () => {
    fc.assert(
      fc.property(fc.uniqueArray(random, { maxLength: 20 }), (salts) => {
        const guessable = salts.filter((salt) => new Set(salt.match(/../g)).size === 1);
        fc.pre(guessable.length === 0);
        expect(faults(salts)).toEqual([]);
      }),
    );
  });

  it('are those of no other record at hand, and may be its own once more', () => {
    const salt = '00112233445566778899aabbccddeeff';
    const context = new CitedRecords({ records: [], figures: {} });
    context.add(recordOf('test-report'), [figure('x', salt)], 'rec:other');
    expect(faults([salt], context)).toEqual(['SALT_REUSED /figures/0/salt']);
    expect(faults([salt], context, 'rec:other')).toEqual([]);
  });
});
