import { encode } from 'uqr';
import { qrPath } from './qr-path';

/** The squares that a path darkens. */
function squares(path: string): Set<string> {
  const dark = new Set<string>();
  for (const [, x = '', y = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let at = 0; at < Number(run); at += 1) dark.add(`${String(Number(x) + at)} ${y}`);
  return dark;
}

describe('a QR code as a path', () => {
  const text = `http://127.0.0.1:8080/records/rec:${'a'.repeat(64)}`;

  it('has the squares of the code and no others', () => {
    const { size, path } = qrPath(text);
    const { data } = encode(text, { ecc: 'M', border: 4 });
    const expected = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`${String(x)} ${String(y)}`] : [])));
    expect([...squares(path)].sort()).toEqual(expected.sort());
    expect(size).toBe(data.length);
  });

  it('has four light squares around it', () => {
    const { size, path } = qrPath(text);
    const [x, y] = [0, 1].map((part) => [...squares(path)].map((square) => Number(square.split(' ')[part])));
    expect([Math.min(...x!), Math.min(...y!), Math.max(...x!), Math.max(...y!)]).toEqual([4, 4, size - 5, size - 5]);
  });
});
