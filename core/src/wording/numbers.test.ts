import fc from 'fast-check';
import { formatAmount, formatNumber, formatTime } from './numbers';

describe('numbers', () => {
  it.each([
    ['4146356', '4\u2009146\u2009356'],
    ['-81901.50', '-81\u2009901.50'],
    ['0.00001234', '0.00001234'],
    ['999', '999'],
    ['1e5', '1e5'],
    ['', ''],
  ])('%s is written %s', (text, expected) => {
    expect(formatNumber(text)).toBe(expected);
  });

  it('loses no digit of any decimal', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^-?\d{1,30}(?:\.\d{1,20})?$/),
        (text) => formatNumber(text).replaceAll('\u2009', '') === text,
      ),
    );
  });

  it('says where a value is not open, and names tonnes in Chinese', () => {
    expect(formatAmount(null, 't', 'zh')).toBe('未公开');
    expect(formatAmount('1200', 'tCO2', 'zh')).toBe('1\u2009200 吨CO₂');
    expect(formatAmount('3', 't', 'en')).toBe('3 t');
  });

  it('tells times of Shanghai with the zone', () => {
    expect(formatTime('2024-12-31T16:00:01Z')).toBe('2025-01-01 00:00:01 +08:00');
    expect(formatTime('no time')).toBe('no time');
  });
});
