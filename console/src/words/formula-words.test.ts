import { formulaWords } from './formula-words';

describe('a formula in words', () => {
  it('has its signs as people write them, and its variables by name', () => {
    const named = (name: string): string | undefined => ({ FC: '入炉煤量', NCV: '低位发热量' })[name];
    expect(formulaWords('FC*NCV/100 - (a+sum(b))', named)).toBe('入炉煤量 × 低位发热量 ÷ 100 − (a + sum(b))');
  });

  it('leaves functions as they are called, and names nothing that is unknown', () => {
    expect(formulaWords('max(min(a,b),0)')).toBe('max(min(a,b),0)');
    expect(formulaWords('floor(x)', () => 'whole')).toBe('floor(whole)');
  });
});
