import { recordTypeNames } from '../records';
import { isReplacedInForce, isSpent, processes, processNameOf } from '../rulebook';
import { restsOn, speakingTypes } from './resting';

/** A type of which this is not said here must say whether it rests on what it cites. */
const restingTypes = [
  ...['party', 'methodology', 'parameter', 'benchmark', 'rule-edition', 'rule-set', 'emitter-list', 'working-days'],
  ...['facility', 'unit-change', 'quality-control-plan', 'sample-receipt', 'test-report', 'device-batch'],
  ...['monthly-evidence', 'annual-report', 'verification-conclusion', 'disclosure'],
  ...['emission-factor', 'product-footprint'],
  ...['allowance-issuance', 'allowance-credit', 'allowance-transfer', 'surrender', 'clearing', 'default'],
  ...['offset-application', 'offset-confirmation', 'offset-booking'],
  ...['ccer-lot', 'ccer-freeze', 'ccer-release', 'ccer-sync', 'ccer-cancellation', 'ccer-reversal'],
];

describe('what rests on what it cites', () => {
  it('is decided for every type', () => {
    expect([...restingTypes, ...speakingTypes].sort()).toEqual([...recordTypeNames].sort());
  });

  it('is all that cites, but for what was only said of it', () => {
    const cites = [{ role: 'about', record: `rec:${'a'.repeat(64)}`, key: 'k' }];
    expect(restsOn({ type: 'monthly-evidence', cites })).toEqual(cites);
    expect(restsOn({ type: 'review', cites })).toEqual([]);
  });
});

describe('a record that is followed by its next version', () => {
  it('was in force until then where its lifecycle lets the next version simply follow', () => {
    const followed = recordTypeNames.filter((type) => isReplacedInForce(type));
    expect(followed).toEqual(expect.arrayContaining(['parameter', 'emitter-list', 'surrender', 'ccer-freeze']));
    for (const type of ['test-report', 'monthly-evidence', 'verification-conclusion', 'methodology', 'nothing'])
      expect(isReplacedInForce(type)).toBe(false);
  });

  it('is opened or withdrawn by corrections alone where it may simply be followed, but for what the province returns', () => {
    const others = [...recordTypeNames, 'allowance-issuance.adjustment' as const]
      .filter((kind) => isReplacedInForce(kind))
      .flatMap((kind) => {
        const { states, transitions } = processes[processNameOf(kind) ?? 'continued'];
        return transitions
          .filter(({ to }) => states[to]?.standing !== 'stands' && !isSpent(kind, to))
          .map(({ on }) => `${kind} ${on}`);
      })
      .filter((step) => !/ (?:supersession|revocation|decision:changed)$/.test(step));
    expect(others).toEqual(['facility review.province:return', 'unit-change review.province:return']);
  });
});
