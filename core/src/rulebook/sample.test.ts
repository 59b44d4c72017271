import { toHex } from '../bytes';
import { sha256 } from '../digest';
import { drawnSample } from './types/inspection';

describe('a sample by tickets', () => {
  it('favours who has more tickets, and nobody else changes place', () => {
    const frame = ['A', 'B', 'C', 'D', 'E', 'F'];
    const times = Array.from({ length: 400 }, (_, index) => toHex(sha256(new TextEncoder().encode(String(index)))));
    const drawn = (tickets: number[]): number =>
      times.filter((one) => drawnSample(one, { frame, size: 1, tickets })[0] === 'A').length;
    expect(drawn([1, 1, 1, 1, 1, 1])).toBeGreaterThan(30);
    expect(drawn([20, 1, 1, 1, 1, 1])).toBeGreaterThan(280);
  });
});
