import fc from 'fast-check';
import type { RecordScope } from '../methodology/scope';
import { beltFaults, declarationFaults } from './shared-belt';
import { citedRecord } from './testing/bench';

function planOf(unit: string, belt: readonly string[], content = {}): RecordScope {
  const sharedBelt = belt.length === 0 ? undefined : belt;
  return citedRecord('quality-control-plan', { subject: { unit }, content: { sharedBelt, ...content } });
}

/** A month of U1 by its plan, with the plans of others and the reports of these units. */
function monthOf(own: RecordScope, others: readonly RecordScope[], reports: readonly string[]): RecordScope {
  const cited = {
    ...{ 'quality-control-plan': [own], 'shared-belt-plan': others },
    'test-report': reports.map((unit) => citedRecord('test-report', { subject: { unit } })),
  };
  return citedRecord('monthly-evidence', { cited });
}

const told = (scope: RecordScope): string[] =>
  beltFaults(scope).map(({ path, details }) => `${String(details?.['rule'])} ${path}`);

describe('units on a shared belt (R-L54)', () => {
  it('are served by one report where their plans declare the belt, and cite each other’s', () => {
    const [one, two] = [planOf('U1', ['U2']), planOf('U2', ['U1'])];
    expect(told(monthOf(one, [two], ['U2']))).toEqual([]);
    expect(told(monthOf(one, [two], ['U1']))).toEqual([]);
    expect(told(monthOf(one, [two], ['U3']))).toEqual(['R-L54 /cites/2']);
  });

  it('that declare nothing are served by their own report alone', () => {
    const alone = planOf('U1', []);
    expect(told(monthOf(alone, [], ['U1']))).toEqual([]);
    expect(told(monthOf(alone, [], ['U2']))).toEqual(['R-L54 /cites/1']);
    expect(told(monthOf(alone, [planOf('U2', ['U1'])], []))).toEqual(['R-L54 /cites/1']);
  });

  it('all say the same of it', () => {
    const one = planOf('U1', ['U2', 'U3']);
    expect(told(monthOf(one, [planOf('U2', ['U1', 'U3'])], []))).toEqual(['R-L54 /cites']);
    expect(told(monthOf(one, [planOf('U2', ['U3', 'U1']), planOf('U3', ['U1'])], []))).toEqual(['R-L54 /cites/2']);
    const daily = planOf('U2', ['U1'], { carbonTestMode: 'daily' });
    expect(told(monthOf(planOf('U1', ['U2']), [daily], []))).toEqual(['R-L54 /cites/1']);
  });

  it('are one group to whichever of them a month belongs, in whatever order they are named', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['U1', 'U2', 'U3', 'U4'], { minLength: 2 }),
        fc.constantFrom('U1', 'U4'),
        (units, of) => {
          fc.pre(units.includes('U1'));
          const plans = units.map((unit) =>
            planOf(
              unit,
              units.filter((one) => one !== unit),
            ),
          );
          const own = plans[units.indexOf('U1')] as RecordScope;
          const found = told(
            monthOf(
              own,
              plans.filter((plan) => plan !== own),
              [of],
            ),
          );
          expect(found).toEqual(units.includes(of) ? [] : [`R-L54 /cites/${String(units.length)}`]);
        },
      ),
    );
  });

  it('without a plan at hand are judged by nobody', () => {
    expect(beltFaults(citedRecord('monthly-evidence'))).toEqual([]);
  });
});

describe('the declaration of a belt', () => {
  it('names others, each once, that are registered', () => {
    const told = (belt: readonly string[], known?: readonly string[]): string[] =>
      declarationFaults('U1', belt, known).map(({ path }) => path);
    expect(told(['U2', 'U3'], ['U1', 'U2', 'U3'])).toEqual([]);
    expect(told(['U1', 'U2', 'U2'])).toEqual(['/content/sharedBelt/0', '/content/sharedBelt/2']);
    expect(told(['U2', 'U9'], ['U1', 'U2'])).toEqual(['/content/sharedBelt/1']);
  });
});
