import { z } from 'zod';
import type { Fault } from '../../errors';
import { contentFault, daySchema, decimalSchema, textSchema, titled, titledChoice } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';

const valueSchema = z.strictObject({
  /** As the parameters of the year name it: `Be.I`. */
  name: titled(z.string().regex(/^[A-Za-z][A-Za-z0-9_.]{0,59}$/), 'Value', '基准值'),
  value: titled(decimalSchema, 'Amount', '数值'),
  unit: titled(textSchema.max(40), 'Unit', '单位'),
  effectiveFrom: titled(daySchema, 'In force from', '生效日期'),
  effectiveTo: titled(daySchema.nullable(), 'Last day', '失效日期'),
  /** Of a balance value: the verified data that it was solved from, by their number and the root over them. */
  inputs: titled(
    z
      .strictObject({
        root: titled(z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 root'), 'Root over the data', '数据集根'),
        size: titled(z.int().min(1).max(1_000_000), 'Number of enterprises', '企业数量'),
      })
      .optional(),
    'Data set',
    '输入数据集',
  ),
});

const benchmarkContent = z.strictObject({
  kind: titledChoice(
    { benchmark: { en: 'Benchmark', zh: '基准值' }, balance: { en: 'Balance value', zh: '平衡值' } },
    'Kind',
    '类别',
  ),
  source: titled(textSchema, 'Source', '来源'),
  values: titled(z.array(valueSchema).min(1).max(200), 'Values', '基准值'),
});
export type BenchmarkContent = z.infer<typeof benchmarkContent>;

function valueFaults({ content }: CheckInput<BenchmarkContent>): Fault[] {
  const { kind, values } = content;
  return values.flatMap(({ name, value, effectiveFrom, effectiveTo, inputs }, index) => {
    const place = `values/${String(index)}`;
    const faults: Fault[] = [];
    if (value.startsWith('-')) faults.push(contentFault(`${place}/value`, 'a benchmark is not negative'));
    if (effectiveTo !== null && effectiveTo < effectiveFrom)
      faults.push(contentFault(`${place}/effectiveTo`, 'a value ends after it begins'));
    if ((kind === 'balance') !== (inputs !== undefined))
      faults.push(
        contentFault(`${place}/inputs`, 'a balance value, and nothing else, names the data it was solved from'),
      );
    const clash = values.findIndex(
      (other, at) =>
        at < index &&
        other.name === name &&
        other.effectiveFrom <= (effectiveTo ?? '9999') &&
        effectiveFrom <= (other.effectiveTo ?? '9999'),
    );
    if (clash >= 0)
      faults.push(
        contentFault(`${place}/effectiveFrom`, `${name} has another value at the same time: ${String(clash)}`),
      );
    return faults;
  });
}

/** 基准值 of a sector and year; a balance value (平衡值) with the root of all verified data that it was solved from. */
export const benchmark: RecordTypeSpec<BenchmarkContent> = {
  type: 'benchmark',
  title: { en: 'Benchmarks', zh: '基准值' },
  content: benchmarkContent,
  filed: [{ by: 'national-authority', as: 'self' }],
  labels: { names: 'any' },
  unit: 'any',
  period: 'year',
  process: 'continued',
  cites: () => [],
  check: valueFaults,
  example: {
    kind: 'benchmark',
    source: '2023、2024年度全国碳排放权交易发电行业配额总量和分配方案',
    values: [
      { name: 'Be.I', value: '0.7910', unit: 'tCO2/MWh', effectiveFrom: '2024-01-01', effectiveTo: '2024-12-31' },
    ],
  },
};
