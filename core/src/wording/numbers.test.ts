import fc from 'fast-check';
import { formatAmount, formatNumber, formatParameter, formatTime, formatUnit } from './numbers';

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

  it('gives no unit to a number alone, and writes carbon dioxide as it is written', () => {
    expect(formatAmount('1.057861', '1', 'zh')).toBe('1.057861');
    expect(formatUnit('tCO2/MWh', 'zh')).toBe('tCO₂/MWh');
    expect(formatUnit('tCO2', 'en')).toBe('tCO₂');
  });

  it('tells a parameter that is a day as a day', () => {
    expect(formatParameter('20250331', '1')).toBe('2025-03-31');
    expect([formatParameter('20250331', 't'), formatParameter('20251331', '1')]).toEqual([
      '20\u2009250\u2009331',
      '20\u2009251\u2009331',
    ]);
    expect(formatParameter('0.7910', 'tCO2/MWh')).toBe('0.7910');
  });

  it('tells times of Shanghai with the zone', () => {
    expect(formatTime('2024-12-31T16:00:01Z')).toBe('2025-01-01 00:00:01 +08:00');
    expect(formatTime('no time')).toBe('no time');
  });
});

describe('a number that people read', () => {
  it('has its thousands apart, before the point only, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        fc.stringMatching(/^(?:\.[0-9]{1,12})?$/),
        (whole, rest) => {
          const [head = '', ...groups] = formatNumber(`${String(whole)}${rest}`)
            .replace(/\..*$/, '')
            .replace('-', '')
            .split('\u2009');
          expect([head.length >= 1, head.length <= 3]).toEqual([true, true]);
          expect(groups.every((group) => group.length === 3)).toBe(true);
          expect(formatNumber(`${String(whole)}${rest}`).endsWith(rest)).toBe(true);
        },
      ),
    );
  });

  it.each(['1,000', '+1', '1.', '.5', '--1', '1 000', 'NaN', '1e9', '１２３４', '0x10', '1000\n'])(
    'is not made of %j, which stays as it is',
    (text) => {
      expect(formatNumber(text)).toBe(text);
    },
  );

  it('has a unit that people know, or the code of it, or none', () => {
    const units = ['t', 'h', 'd', 'tCO2', 'MWh', 'GJ', '%', null, undefined];
    expect(units.map((unit) => formatUnit(unit, 'zh'))).toEqual([
      '吨',
      '小时',
      '天',
      '吨CO₂',
      'MWh',
      'GJ',
      '%',
      '',
      '',
    ]);
    expect(units.map((unit) => formatUnit(unit, 'en'))).toEqual(['t', 'h', 'd', 'tCO₂', 'MWh', 'GJ', '%', '', '']);
    expect([formatAmount('1', null, 'zh'), formatAmount('1', '', 'en')]).toEqual(['1', '1']);
  });
});

describe('a time that people read', () => {
  it('is eight hours ahead of UTC at any instant, to the second', () => {
    const instant = fc.date({ min: new Date('1992-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        const ahead = new Date(date.getTime() + 8 * 3_600_000).toISOString();
        expect(formatTime(date.toISOString())).toBe(`${ahead.slice(0, 10)} ${ahead.slice(11, 19)} +08:00`);
      }),
    );
  });
});
