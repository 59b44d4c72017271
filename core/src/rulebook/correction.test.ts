import fc from 'fast-check';
import { kindPattern } from '../identifiers';
import { recordTypes } from './registry';
import { correctionKind } from './correction';

/** Types of which a label may be anything, as long as the longest that there is. */
const labelled = Object.values(recordTypes).filter(({ labels }) => labels?.names === 'any');

it('has a kind for whatever a record is called: one that could be filed can be taken back', () => {
  expect(labelled.length).toBeGreaterThan(5);
  const label = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
  fc.assert(
    fc.property(fc.constantFrom(...labelled), label, ({ type }, name) => {
      const kind = `${type}.${name}`;
      expect(kind).toMatch(kindPattern);
      expect(correctionKind('supersession', kind)).toMatch(kindPattern);
      expect(correctionKind('revocation', kind)).toMatch(kindPattern);
    }),
  );
  const longest = `parameter.${'x'.repeat(40)}`;
  expect(correctionKind('supersession', longest)).toMatch(kindPattern);
  expect(`${longest}x`).not.toMatch(kindPattern);
});
