import { z } from 'zod';
import { titled } from '../validation';

const record = titled(z.string().max(40), 'Cited as', '引用角色');
const memberMark = titled(
  z.literal('@').meta({ choices: { '@': { en: 'The member that is computed', zh: '所计算的成员' } } }),
  'Label',
  '标签',
);
const publicField = { content: titled(z.string().max(60), 'Field', '填报项') };
const contentBinding = titled(
  z.strictObject({ ...publicField, from: record.optional() }),
  'A field of a record',
  '记录的填报项',
);
const binding = z.union([
  titled(
    z.strictObject({
      from: record,
      figure: titled(z.string().max(80), 'Figure', '数据项'),
      label: memberMark.optional(),
    }),
    'A figure of a cited record',
    '所引记录的数据项',
  ),
  titled(
    z.strictObject({
      parameter: titled(z.string().max(60), 'Parameter', '参数'),
      by: titled(contentBinding.optional(), 'By the field', '按填报项取值'),
    }),
    'A parameter',
    '参数',
  ),
  contentBinding,
]);
const compared = { of: titled(binding, 'What is compared', '比较对象') };
const comparisons = {
  eq: { en: 'is', zh: '等于' },
  lt: { en: 'is less than', zh: '小于' },
  le: { en: 'is at most', zh: '不大于' },
  gt: { en: 'is more than', zh: '大于' },
  ge: { en: 'is at least', zh: '不小于' },
};
const condition = z.union([
  titled(
    z.strictObject({ cited: record, is: titled(z.boolean(), 'Is cited', '有引用'), label: memberMark.optional() }),
    'What is cited',
    '是否引用',
  ),
  titled(
    z.strictObject({
      ...compared,
      op: titled(z.enum(['eq', 'lt', 'le', 'gt', 'ge']).meta({ choices: comparisons }), 'Comparison', '比较'),
      value: titled(z.string().max(60), 'Value', '数值'),
    }),
    'A comparison',
    '比较',
  ),
  titled(
    z.strictObject({
      ...compared,
      op: titled(z.literal('in').meta({ choices: { in: { en: 'is one of', zh: '属于' } } }), 'Comparison', '比较'),
      value: titled(z.array(z.string().max(60)).max(20), 'Values', '取值'),
    }),
    'One of a list',
    '属于列表',
  ),
]);
/** One case of a figure's formula, as a methodology on the ledger has it (see `FormulaCase`). */
export const formulaCaseSchema = z.strictObject({
  id: titled(z.string().max(120), 'Id', '编号'),
  when: titled(z.array(condition).max(6).optional(), 'Applies when', '适用条件'),
  expression: titled(z.string().max(500), 'Formula', '公式'),
  inputs: titled(
    z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,40}$/), binding),
    'Variables of the formula',
    '公式中的变量',
  ),
  basis: titled(z.string().max(200).optional(), 'Clause', '依据条款'),
});
