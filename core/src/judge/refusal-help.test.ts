import { enterprise, TrialWorld } from '../../../test/support/trial-world';
import { catalogue, type ErrorCode, type Fault } from '../errors';
import { businessKey, recordTypeNames, type RecordType } from '../records';
import { recordTypes, rulebooks, type AllowedStep } from '../rulebook';
import { recordOf } from '../rulebook/testing/bench';
import { emptyView, OverlayView } from '../state';
import { messageInChinese } from '../wording';
import type { Citing } from './citation-help';
import { withRefusalHelp } from './refusal-help';

/*
 * Over every code that there is and every type: a refusal tells a state, what is possible in it, and by whom. A code that comes later
 * is held to it without a line here.
 */
const rulebook = rulebooks.get(1)!;
const codes = Object.keys(catalogue) as ErrorCode[];

function citing(type: RecordType): Citing {
  const record = recordOf(type);
  return { record, rules: recordTypes[type].cites(record), view: new OverlayView(emptyView), rulebook };
}

const refused = (code: ErrorCode, change: Partial<Fault> = {}): Fault => ({
  ...{ path: '/content/x', code, message: 'it is refused' },
  ...change,
});

function expectTold(fault: Fault | undefined): void {
  const { state, allowed, steps } = (fault?.details ?? {}) as Record<string, unknown>;
  expect(typeof state).toBe('string');
  const open = (steps ?? allowed) as readonly AllowedStep[];
  expect(open.length).toBeGreaterThan(0);
  for (const { step, to, by } of open)
    expect([typeof step, typeof to, by.length > 0]).toEqual(['string', 'string', true]);
}

/** What does not fit a form is said without it: a workbook tells each of its cells in a sentence. */
const isOfForm = (code: ErrorCode): boolean =>
  /^(?:BAD_(?:RECORD|METHODOLOGY|FORMULA)|FIGURE_(?:MISSING|UNKNOWN|FORMAT|MISMATCH)|FIGURES_ROOT|FORMULA|SALT)/.test(
    code,
  );

describe.each(codes)('%s', (code) => {
  it('tells a state, what is possible, and by whom', async () => {
    const [told] = await withRefusalHelp([refused(code)], citing('offset-application'));
    expectTold(told);
    const isInWords = told?.message.includes('; what is possible: ') === true;
    const isOther = isOfForm(code) || code === 'NOT_ALLOWED_TO_FILE';
    expect(isInWords).toBe(!isOther);
    if (isInWords) expect(messageInChinese(told.message.replace('it is refused; ', ''))).toMatch(/现可进行/);
  });
});

it.each(recordTypeNames)('a %s that a rule refuses tells where it stands, or what it acts on', async (type) => {
  const one = citing(type);
  const [told] = await withRefusalHelp([refused('RULE_REFUSED')], one);
  expectTold(told);
});

it('tells of each record once, and of forms beside the sentence', async () => {
  const one = citing('offset-application');
  const told = await withRefusalHelp([refused('BAD_RECORD'), refused('RULE_REFUSED'), refused('HOLDING_SHORT')], one);
  const key = businessKey(one.record);
  expect(told.map(({ message }) => message.includes(`${key} was not filed yet`))).toEqual([false, true, false]);
  expect(told.map(({ details }) => details?.['state'])).toEqual(['-', '-', '-']);
  const forms = await withRefusalHelp([refused('BAD_RECORD'), refused('FIGURE_MISMATCH')], one);
  expect(forms.map(({ details }) => details?.['state'])).toEqual(['-', undefined]);
});

it.each([
  ['NOT_LISTED', {}, 'what is possible: emitter-list → CURRENT by province-authority (self)'],
  ['OVER_CAP', {}, 'PLANT/2024/verification-conclusion was not filed yet'],
  ['OVER_CONFIRMED', {}, 'PLANT/2024/offset-confirmation was not filed yet'],
  ['RULE_REFUSED', { rule: 'C08' }, 'PLANT/2024/offset-confirmation was not filed yet'],
  ['RULE_REFUSED', { rule: 'C11' }, '-/-/party was not filed yet; what is possible: filed → CURRENT by '],
  [
    'SERIAL_FROZEN',
    { holder: `${enterprise.uscc}/PLANT/2024/ccer-freeze.1` },
    'PLANT/2024/ccer-freeze.1 was not filed',
  ],
] as const)('%s %j tells of the record on which it hangs', async (code, details, words) => {
  const [told] = await withRefusalHelp([refused(code, { details })], citing('offset-application'));
  expect(told?.message).toContain(words);
});

describe('who may not sign', () => {
  it('is told where the registration stands, and who moves it', async () => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    const { refused: ended } = await world.submit([plan], { party: '91140200MA0FAKE05L' });
    const [fault] = ended.flatMap(({ faults }) => faults);
    expectTold(fault);
    expect(fault?.message).toMatch(/91140200MA0FAKE05L\/-\/-\/party was not filed yet; what is possible: filed → /);
  });
});
