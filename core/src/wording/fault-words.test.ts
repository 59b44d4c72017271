import fc from 'fast-check';
import { recordTypeNames, type RecordType } from '../records';
import { recordTypes } from '../rulebook';
import { exampleOf } from '../rulebook/testing/content-table';
import { faultWords, messageInChinese } from '.';

const han = /\p{Script=Han}/u;

/** Values that hardly a field takes, of every kind that JSON has. */
const odd: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  1.5,
  -1,
  '',
  '?',
  '长'.repeat(5000),
  [],
  [1],
  {},
  { x: 1 },
];

/** A content with one of its members, at any depth, changed for each of the odd values. */
function* damaged(value: unknown): Generator {
  yield* odd;
  if (Array.isArray(value))
    for (const [at, one] of value.entries())
      for (const other of damaged(one)) yield value.map((same: unknown, index) => (index === at ? other : same));
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) {
      for (const other of damaged(one)) yield { ...value, [name]: other };
      yield { ...value, strange: 1 };
    }
}

function messagesOf(type: RecordType): string[] {
  const messages = new Set<string>();
  for (const content of damaged(exampleOf(type)))
    for (const { message } of recordTypes[type].content.safeParse(content).error?.issues ?? []) messages.add(message);
  return [...messages];
}

describe('a fault in Chinese', () => {
  it.each(recordTypeNames)('has words for whatever the fields of %s find wrong', (type) => {
    const messages = messagesOf(type);
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.filter((message) => !han.test(messageInChinese(message) ?? ''))).toEqual([]);
  });

  it.each([
    ['report: 0 cited, at least 1 needed', '至少 1 条'],
    ['NCV_GJ_t is missing', '缺少 NCV_GJ_t'],
    ['Mad_pct must have 2 decimals, not 1.234', '须保留 2 位小数，现为 1.234'],
    ['FC_t must be in t, not kg: 1 t is 1000 kg', '单位应为吨，现为 kg：1 吨 = 1000 kg'],
    ['a surrender that is still to come', '清缴日期尚未到来'],
    ['207318 t in all; cap: 207317 t', '抵销上限：207317'],
  ])('of a rule: %s', (message, zh) => {
    expect(messageInChinese(message)).toContain(zh);
  });

  it('is told in the words of the rule that refuses, with the help behind it', () => {
    const key = '91140000MA0FAKE01X/U1/2024/nonconformity.1';
    const message = `R-L37: ${key} is RAISED: the enterprise answers it first, or its verifier withdraws it`;
    const told = messageInChinese(`${message}; ${key} is RAISED; what is possible: nothing`);
    expect(told).toMatch(/^R-L37.+现为已提出.+；.+为已提出；现可进行：无$/);
    expect(told).not.toMatch(/ is | the /);
  });

  it('is told by its code where it has no words of its own, and never in two languages', () => {
    fc.assert(
      fc.property(fc.string(), (message) => {
        const zh = faultWords({ code: 'CITATION_MISSING', message }, 'zh');
        expect(zh).toMatch(han);
        expect(faultWords({ code: 'CITATION_MISSING', message }, 'en')).toBe(message);
      }),
    );
    expect(faultWords({ code: 'NOT_FOUND', message: 'nobody knows this' }, 'zh')).not.toContain('nobody');
  });
});

it('says in Chinese what is wrong, also where more was found than the first fault', () => {
  expect(messageInChinese('this is missing: give text (2 faults)')).toBe('必须填写：请填写文字');
  expect(messageInChinese('this is missing: give one of a, b (3 faults)')).toBe('必须填写：只能从中选择：a、b');
});

it.each([
  ['燃煤消耗量（t）: 0.31 has more than 1 decimals', '燃煤消耗量（t）：0.31 的小数多于 1 位'],
  ['机组: 1.2E+20: a number this long was kept in 15 digits, the others are lost', '机组：1.2E+20：过长的号码'],
])('says what stands behind the header of a column in the signs of its language: %s', (message, zh) => {
  expect(messageInChinese(message)).toContain(zh);
  expect(messageInChinese(message)).not.toContain(': ');
});
