import { toldOf } from '../testing/bench';

const told = (name: string, value: string): Promise<string[]> =>
  toldOf('parameter', { content: { values: { [name]: { value, unit: '1', source: '通知' } } } });

describe('a table of parameters', () => {
  it.each([
    ['annualReport.deadline', '20250331'],
    ['evidence.deadline.06', '20251031'],
    ['evidence.days', '40'],
    ['carbonTest.days', '0'],
    ['offset.bookingDays', '1'],
    ['offset.cancelFrom', '20240229'],
    // No rule reads a day or a number of days under these names.
    ['OF', '99.5'],
    ['deadlines', '0.5'],
    ['class.large_MW', '400'],
  ])('may say %s: %s', async (name, value) => {
    expect(await told(name, value)).toEqual([]);
  });

  it.each([
    ['annualReport.deadline', '0331'],
    ['annualReport.deadline', '20250230'],
    ['evidence.deadline.06', '40'],
    ['surrender.deadline', '-20251231'],
    ['evidence.days', '40.5'],
    ['evidence.days', '-1'],
    ['carbonTest.days', '1000'],
    ['offset.cancelTo', '20251301'],
    ['ccer.earlierUntil', '0'],
    ['carryOver.until', '2025'],
  ])('may not say %s: %s, which sets no day: nobody would see it', async (name, value) => {
    expect(await told(name, value)).toEqual([`BAD_RECORD /content/values/${name}/value`]);
  });
});
