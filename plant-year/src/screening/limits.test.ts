import { efficiencyLimits, unitKind } from './limits';

const about = (fields: Record<string, string>): { pointer: string; fields: Map<string, string> } => ({
  pointer: '',
  fields: new Map(Object.entries(fields)),
});

describe('what a unit is', () => {
  it.each([
    [{ categoryNo: 'I', boiler: '煤粉炉' }, 'coal'],
    [{ categoryNo: 'III', boiler: '循环流化床' }, 'coal'],
    [{ categoryNo: 'IV', boiler: '燃气-蒸汽联合循环' }, 'combined-cycle'],
    [{ categoryNo: 'IV', boiler: 'HRSG', category: 'Combined-cycle gas turbine' }, 'combined-cycle'],
    [{ categoryNo: 'IV', boiler: '燃气轮机 单循环' }, 'simple-cycle'],
    [{ categoryNo: 'IV', boiler: '-', name: '燃气内燃机组' }, 'gas-engine'],
    [{ categoryNo: 'IV', boiler: '燃气锅炉' }, 'gas'],
  ])('%j is %s', (fields, kind) => {
    expect(unitKind(about(fields as Record<string, string>))).toBe(kind);
  });
});

describe('limits of gross efficiency', () => {
  const within = (fields: Record<string, string>, percent: number): boolean => {
    const { low, high } = efficiencyLimits(about(fields), true);
    return percent >= low && percent <= high;
  };

  it('are those of the kind: 56.5 % is usual for a combined cycle and beyond any coal unit', () => {
    expect(within({ categoryNo: 'IV', boiler: '燃气-蒸汽联合循环' }, 56.5)).toBe(true);
    expect(within({ categoryNo: 'I', boiler: '煤粉炉' }, 56.5)).toBe(false);
  });

  it('find a combined cycle with the efficiency of coal odd, and a simple cycle with that of a combined one', () => {
    expect(within({ categoryNo: 'IV', boiler: '联合循环' }, 41)).toBe(false);
    expect(within({ categoryNo: 'IV', boiler: '单循环燃气轮机' }, 56.5)).toBe(false);
  });

  it('ask nothing of the lower side where heat is supplied', () => {
    expect(efficiencyLimits(about({ categoryNo: 'IV' }), false)).toEqual({ low: 0, high: 90, block: 100 });
  });
});
