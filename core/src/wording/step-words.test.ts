import { stepWords } from '.';

it.each([
  ['withdrawn', '被引用的记录已撤回'],
  ['E.month', '公式 E.month 得出不同的值'],
  ['constructor', '公式 constructor 得出不同的值'],
])('a chain that breaks at %s is told in words', (step, zh) => {
  expect(stepWords(step).zh).toBe(zh);
  expect(stepWords(step).en).not.toMatch(/\p{Script=Han}/u);
});
