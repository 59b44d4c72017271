import { z } from 'zod';
import { faultsOf } from '../validation';
import { messageInChinese } from '../wording';
import { daySchema, decimalSchema, instantSchema, tonnesSchema } from './content';

const fields = z.strictObject({ day: daySchema, at: instantSchema, share: decimalSchema, qty: tonnesSchema });

function told(value: unknown): string[] {
  const { error } = fields.safeParse(value);
  return error === undefined ? [] : faultsOf('BAD_RECORD', error).map(({ path, message }) => `${path} ${message}`);
}

describe('a field of one kind', () => {
  it('says where it is missing what belongs there', () => {
    expect(told({})).toEqual([
      '/day this is missing: give a day, 2025-03-31',
      '/at this is missing: give an instant, 2025-03-31T08:00:00Z',
      '/share this is missing: give a number',
      '/qty this is missing: give a whole number',
    ]);
    expect(messageInChinese('this is missing: give a day, 2025-03-31')).toBe('必须填写：请填写日期（年-月-日）');
  });

  it('says of another value what is wrong with it', () => {
    expect(told({ day: 1, at: 'x', share: '', qty: '01' })).toEqual([
      '/day this takes text, not a number',
      expect.stringMatching(/^\/at /),
      '/share not a decimal number',
      '/qty not a whole number of tonnes',
    ]);
  });
});
