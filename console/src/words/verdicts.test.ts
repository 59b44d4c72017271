import { statusLook } from './states';
import { verdictOf, verdictOfProof } from './verdicts';

describe('verdicts', () => {
  it.each([
    ['consistent', 'current', 'consistent'],
    ['consistent', undefined, 'consistent'],
    ['consistent', 'superseded', 'stale'],
    ['consistent', 'withdrawn', 'stale'],
    ['consistent', 'open', 'stale'],
    ['no-longer-stands', 'withdrawn', 'stale'],
    ['no-longer-stands', 'open', 'stale'],
    ['questioned', 'current', 'questioned'],
    ['inconsistent', 'withdrawn', 'inconsistent'],
    ['not-found', undefined, 'not-found'],
    ['undecidable', undefined, 'undecidable'],
    ['some word of a newer service', 'current', 'undecidable'],
  ] as const)('%s of a record that is %s is %s', (verdict, status, expected) => {
    expect(verdictOf(verdict, status)).toBe(expected);
  });

  it.each([
    ['PASS', 'current', 'consistent'],
    ['PASS', 'withdrawn', 'stale'],
    ['PASS', 'open', 'stale'],
    ['FAIL', 'current', 'inconsistent'],
    ['PENDING', 'current', 'undecidable'],
  ] as const)('a proof that gives %s for a record that is %s is %s', (result, status, expected) => {
    expect(verdictOfProof(result, status)).toBe(expected);
  });
});

it('has a sign for a state that nobody knows', () => {
  expect(statusLook('unheard').sign).toBe('–');
});
