import { tableCells } from './table-cells';

describe('cells of a table', () => {
  it('are all that it has, by their names and as they are written', () => {
    expect(tableCells(new TextEncoder().encode('a,b\n1.50,2\n'))?.map(({ cell, text }) => `${cell}=${text}`)).toEqual([
      'A1=a',
      'B1=b',
      'A2=1.50',
      'B2=2',
    ]);
  });

  it('are unknown of what cannot be read', () => {
    expect(tableCells(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toBeUndefined();
  });
});
