import fc from 'fast-check';
import { parseFormula } from '../../formula';
import { inferUnit, quantityOf, resultMismatch, UnitMismatch, type Inferred } from './infer';
import {
  conversionFactor,
  formatRational,
  formatUnit,
  isSameUnit,
  isShare,
  multiply,
  one,
  parseUnit,
  unitSymbols,
} from './unit';
import { unitFault } from './conversion';

function mismatch(expression: string, units: Record<string, string>, declared: string): string | undefined {
  const inputs = new Map<string, Inferred>(
    Object.entries(units).map(([name, unit]) => [name, quantityOf(parseUnit(unit), isShare(unit))]),
  );
  try {
    return resultMismatch(inferUnit(parseFormula(expression), inputs), parseUnit(declared), declared);
  } catch (error) {
    if (error instanceof UnitMismatch) return error.message;
    throw error;
  }
}

describe('units through a formula', () => {
  it.each<[string, Record<string, string>, string]>([
    ['NCV * FC', { NCV: 'GJ/t', FC: 't' }, 'GJ'],
    ['FC * NCV * CC * OF / 100 * 44 / 12', { FC: 't', NCV: 'GJ/t', CC: 'tC/GJ', OF: '%' }, 'tCO2'],
    ['FC * NCV * CC * OF / 100 * (44 / 12)', { FC: '10^4Nm3', NCV: 'GJ/10^4Nm3', CC: 'tC/GJ', OF: '%' }, 'tCO2'],
    ['Cad * (100 - Mar) / (100 - Mad) / 100', { Cad: '%', Mar: '%', Mad: '%' }, 'tC/t'],
    ['W / (P * t) * 100', { W: 'MWh', P: 'MW', t: 'h' }, '%'],
    ['(W * 3.6 + Q) / (FC * NCV) * 100', { W: 'MWh', Q: 'GJ', FC: 't', NCV: 'GJ/t' }, '%'],
    ['A * (100 - S - ash) / 100 * 44 / 12', { A: 't', S: '%', ash: '%' }, 'tCO2'],
    ['E * 1.03', { E: 'tCO2' }, 'tCO2'],
    ['max(0, floor(share * E) - A)', { share: '1', E: 'tCO2', A: 'tCO2' }, 'tCO2'],
    ['pow(1.015, 16 - 20 * F / 100)', { F: '%' }, '1'],
    ['sumproduct(P, t) / sum(P)', { P: 'MW', t: 'h' }, 'h'],
    ['M * (h - 83.74) / 1000', { M: 't', h: 'kJ/kg' }, 'GJ'],
    ['EF * P * GWP / 1000', { EF: 'kg/t', P: 't', GWP: 'tCO2e/t' }, 'tCO2'],
    ['M * d * EF / 1000', { M: 't', d: 'km', EF: 'kgCO2e/t/km' }, 'tCO2e'],
    ['V * rho / 1000000', { V: 'L', rho: 'kg/m3' }, 't'],
    ['A * h * w', { A: 'm2', h: 'm', w: 't/m3' }, 't'],
  ])('%s of %o is %s', (expression, units, declared) => {
    expect(mismatch(expression, units, declared)).toBeUndefined();
  });
  it.each<[string, Record<string, string>, string, string]>([
    ['NCV * FC', { NCV: 'GJ/t', FC: 't' }, 'MWh', 'not MWh'],
    ['FC * NCV * CC * OF / 100', { FC: 't', NCV: 'GJ/t', CC: 'tC/GJ', OF: '%' }, 'tCO2', 'which is not tCO2'],
    ['FC * NCV * CC * OF * 44 / 12', { FC: 't', NCV: 'GJ/t', CC: 'tC/GJ', OF: '%' }, 'tCO2', 'factor of 0.01'],
    ['W + Q', { W: 'MWh', Q: 'GJ' }, 'GJ', 'adds 3.6 GJ and GJ'],
    ['FC * NCV', { FC: 't', NCV: 'GJ/10^4Nm3' }, 'GJ', 'not GJ'],
    ['pow(F, 2)', { F: 'GJ' }, '1', 'not a number'],
    ['min(a, b)', { a: 't', b: 'GJ' }, 't', 'min of t and GJ'],
    ['C * 44 / 12', { C: 't' }, 'tCO2', 'not tCO2'],
    ['a - b', { a: 'tCO2', b: 't' }, 'tCO2', 'subtracts'],
    ['V * NCV', { V: 'm3', NCV: 'GJ/10^4Nm3' }, 'GJ', 'not GJ'],
  ])('%s of %o is no %s', (expression, units, declared, told) => {
    expect(mismatch(expression, units, declared)).toContain(told);
  });
});

describe('conversions', () => {
  it('reads the ways in which people write a unit', () => {
    expect(isSameUnit(parseUnit('GJ/万Nm³'), parseUnit('GJ/10^4Nm3'))).toBe(true);
    for (const [text, plain] of [
      ['10³Nm³', '10^3Nm3'],
      ['亿kWh', '10^8kWh'],
      ['kg/m³', 'kg/m3'],
      ['10⁴m²', '10^4m2'],
      ['kgCO2e/(t·km)', 'kgCO2e/t/km'],
    ] as const)
      expect(isSameUnit(parseUnit(text), parseUnit(plain))).toBe(true);
    for (const text of [
      '10^4%',
      '10^41',
      '10^0t',
      '10^4 t',
      '10^4',
      '10^3 10^3t',
      '',
      '(t)',
      't/(km',
      't/(km/h)',
      't/()',
    ])
      expect(() => parseUnit(text)).toThrow('is not a unit');
    expect(() => parseUnit('GJ/tonne')).toThrow('"tonne" in "GJ/tonne" is not a unit');
    expect(formatUnit(parseUnit('kg/t'))).toBe('0.001 1');
  });
  it('names the conversion of a figure in another unit', () => {
    const fault = unitFault('/figures/FC', 'FC', { value: '115272040', unit: 'kg' }, 't');
    expect(fault).toMatchObject({ code: 'FIGURE_FORMAT', details: { factor: '0.001', converted: '115272.04' } });
    expect(fault?.message).toContain('1 kg is 0.001 t, so 115272040 kg is 115272.04 t');
  });
  it('says where nothing can be converted, and refuses another spelling of the unit', () => {
    expect(unitFault('/x', 'FC', { value: '1', unit: 'GJ' }, 't')?.message).toContain('cannot be converted');
    expect(unitFault('/x', 'FC', { value: '1', unit: '' }, 't')?.message).toContain('not no unit');
    expect(unitFault('/x', 'V', { value: '1.00', unit: '万Nm3' }, '10^4Nm3')?.message).toContain('is 1 10^4Nm3');
    expect(unitFault('/x', 'FC', { value: '1', unit: 't' }, 't')).toBeUndefined();
  });
  it('is a group: back and forth is one, and any product can be undone', () => {
    const unit = fc.constantFrom(...unitSymbols);
    fc.assert(
      fc.property(unit, unit, unit, (a, b, c) => {
        const product = [a, b, c].map(parseUnit).reduce((x, y) => multiply(x, y));
        expect(
          isSameUnit(
            [c, a, b].map(parseUnit).reduce((x, y) => multiply(x, y, -1), product),
            one,
          ),
        ).toBe(true);
        const [there, back] = [conversionFactor(a, b), conversionFactor(b, a)];
        if (there && back) expect(there.over * back.over).toBe(there.under * back.under);
        else expect([there, back]).toEqual([undefined, undefined]);
      }),
    );
    expect(formatRational(conversionFactor('MWh', 'GJ')!)).toBe('3.6');
  });
});
