import fc from 'fast-check';
import { jsonPieces } from './json-pieces';

/** Lists of every length about the one at which they are cut. */
const lists = fc
  .integer({ min: 0, max: 450 })
  .map((length) => Array.from({ length }, (_, at) => ({ at, no: undefined })));
const values = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.jsonValue(), lists, fc.constant(undefined), fc.date(), tie('object')),
  object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
})).object;

describe('the text of a large answer', () => {
  it('is that of JSON.stringify', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value));
      }),
    );
  });

  it('comes in pieces where it has long lists, also below others', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => at);
    expect([...jsonPieces(rows)]).toHaveLength(6);
    expect([...jsonPieces({ result: { rows }, rows })].length).toBeGreaterThan(12);
    expect([...jsonPieces({ rows: rows.slice(0, 100) })]).toHaveLength(1);
  });
});
