import { isLedgerError } from '@carbon-ledger/core';
import { readStrictText } from './strict-text';

const refused = async (text: string): Promise<string> => {
  const error: unknown = await readStrictText('file.yaml', text).catch((thrown: unknown) => thrown);
  if (!isLedgerError(error)) throw new Error(`${JSON.stringify(error)} was read`);
  return error.faults.map(({ path, message }) => `${path} ${message}`).join('; ');
};

describe('strict reading of YAML and JSON', () => {
  it('keeps every scalar as it is written', async () => {
    const { value } = await readStrictText('f', 'a: 0.7950\nb: yes\nc: 2024-01-01\nd: null\ne: [1e3, 0x10, "007"]');
    expect(value).toEqual({ a: '0.7950', b: 'yes', c: '2024-01-01', d: 'null', e: ['1e3', '0x10', '007'] });
  });
  it('reads JSON the same way', async () => {
    expect((await readStrictText('f', '{"a": {"b": [0.10, true]}}')).value).toEqual({ a: { b: ['0.10', 'true'] } });
  });
  it('tells the line of a place, or of what is around it', async () => {
    const { lineOf } = await readStrictText('f', 'a:\n  b:\n    - c: 1\n    - d: 2\n');
    expect(['/a/b/1/d', '/a/b/1/nothing', '/nothing'].map(lineOf)).toEqual([4, 4, 1]);
  });
  it.each([
    ['a: 1\na: 2', 'file.yaml:2'],
    ['a: &x 1\nb: *x', 'anchors and aliases'],
    ['a: &x [1]\nb: 2', 'anchors and aliases'],
    ['a: !!js/function "x"', 'Unresolved tag'],
    ['a: !x 1', 'Unresolved tag'],
    ['a: 1\n---\nb: 2', 'file.yaml:'],
    ['"__proto__": 1', '__proto__ is not a name'],
    ['a: [1, 2', 'file.yaml:1'],
    ['a:\n\t- b', 'file.yaml:'],
    ['['.repeat(60) + ']'.repeat(60), 'nested more than 20 deep'],
    ['['.repeat(200_000), 'file.yaml:1'],
    [`a: "${'x'.repeat(1_000_001)}"`, 'more than 1000000 bytes'],
  ])('refuses %#', async (text, told) => {
    expect(await refused(text)).toContain(told);
  });
});
