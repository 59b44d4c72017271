import { isOnBelt } from './belt-units';

const role = { role: 'test-report', type: 'test-report', min: 0, max: 100 } as const;
const plan = { sharedBelt: ['U2', 'U3'] };

describe('units that a role looks at', () => {
  it('are all, where it has no belt', () => {
    expect(isOnBelt(role, 'U1', 'U9', plan)).toBe(true);
  });

  it.each([
    ['all', ['U1', 'U2', 'U3']],
    ['others', ['U2', 'U3']],
  ] as const)('are, with a belt of %s, those that the plan declares', (belt, serving) => {
    const units = ['U1', 'U2', 'U3', 'U4', 'PLANT'];
    expect(units.filter((unit) => isOnBelt({ ...role, belt }, 'U1', unit, plan))).toEqual(serving);
  });

  it.each([undefined, {}, { sharedBelt: 'U2' }])('are its own alone, where the plan says %j', (content) => {
    expect(isOnBelt({ ...role, belt: 'all' }, 'U1', 'U1', content)).toBe(true);
    expect(isOnBelt({ ...role, belt: 'all' }, 'U1', 'U2', content)).toBe(false);
    expect(isOnBelt({ ...role, belt: 'others' }, 'U1', 'U1', content)).toBe(false);
  });
});
