import { formatCsv } from './csv';

describe('CSV', () => {
  it('begins with a byte order mark and ends its lines with CR LF', () => {
    expect(
      formatCsv([
        ['单位', '值'],
        ['t', '1'],
      ]),
    ).toBe('\uFEFF单位,值\r\nt,1\r\n');
  });

  it('quotes what would break a row', () => {
    expect(formatCsv([['a,b', 'say "x"', 'two\nlines']])).toBe('\uFEFF"a,b","say ""x""","two\nlines"\r\n');
  });

  it.each(['=1+1', '+1', '@cmd', '-x', '\t=1'])('lets no spreadsheet run %s', (text) => {
    expect(formatCsv([[text]])).toBe(`\uFEFF'${text}\r\n`);
  });

  it('leaves negative numbers numbers', () => {
    expect(formatCsv([['-12.50']])).toBe('\uFEFF-12.50\r\n');
  });
});
