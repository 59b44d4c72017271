import { z } from 'zod';
import type { Fault } from '../errors';
import type { RecordScope } from '../methodology/scope';
import { contentFault, textSchema, titled, titledChoice } from './content';
import { drawnSample, hexSchema } from './types/inspection';

/** A record by its business key, or one of its documents: `KEY#2` is the second that it names. */
const itemSchema = z
  .string()
  .max(160)
  .regex(/^[0-9A-Z]{18}(?:\/[^/#\s]+){3}(?:#[1-9][0-9]{0,2})?$/, 'not a business key, nor a document of one (KEY#1)');

const MOST = 1000;

const drawnSchema = z.strictObject({
  item: titled(itemSchema, 'Item', '抽中项'),
  outcome: titledChoice(
    { conforms: { en: 'Conforms', zh: '相符' }, differs: { en: 'Does not conform', zh: '不相符' } },
    'Outcome',
    '核对结果',
  ),
  note: titled(textSchema.optional(), 'Note', '说明'),
});

/** 抽样: of what, by which seed and rule, what was drawn, and how each came out. Anybody can draw it again. */
export const verificationSampleSchema = z.strictObject({
  of: titledChoice(
    { months: { en: 'Months', zh: '月度存证' }, documents: { en: 'Documents', zh: '材料' } },
    'Drawn from',
    '抽样对象',
  ),
  /** Items are ordered by SHA-256 of seed and item; the first so many are drawn. */
  rule: titledChoice({ 'lowest-hash': { en: 'Lowest hash', zh: '最小散列' } }, 'Rule of the sample', '抽样规则'),
  seed: titled(hexSchema, 'Seed', '随机种子'),
  frame: titled(z.array(itemSchema).min(1).max(MOST), 'Frame', '抽样总体'),
  size: titled(z.int().min(1).max(MOST), 'Sample size', '抽取数量'),
  drawn: titled(z.array(drawnSchema).min(1).max(MOST), 'Drawn', '抽样结果'),
});
export type VerificationSample = z.infer<typeof verificationSampleSchema>;

/** Months on which the report rests: none of them may be kept out of the draw. */
export function monthsOfReport(report: Pick<RecordScope['record'], 'cites'> | undefined): string[] {
  return (report?.cites ?? []).flatMap(({ role, key }) => (role === 'monthly-evidence' ? [key] : []));
}

function frameFaults({ of, frame, size }: VerificationSample, place: string, months: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const twice = frame.find((item, index) => frame.indexOf(item) !== index);
  if (twice !== undefined) faults.push(contentFault(`${place}/frame`, `${twice} stands there twice`));
  if (size > frame.length) faults.push(contentFault(`${place}/size`, `only ${String(frame.length)} can be drawn`));
  const wrong = frame.find((item) => item.includes('#') !== (of === 'documents'));
  if (wrong !== undefined) faults.push(contentFault(`${place}/frame`, `${wrong} is none of the ${of}`));
  const kept = of === 'months' ? months.filter((key) => !frame.includes(key)) : [];
  return kept.length === 0
    ? faults
    : [...faults, contentFault(`${place}/frame`, `the report rests on ${kept.join(', ')} too`, { lacking: kept })];
}

function drawnFaults({ seed, frame, size, drawn }: VerificationSample, place: string): Fault[] {
  const expected = drawnSample(seed, { frame, size });
  const named = drawn.map(({ item }) => item).sort();
  const differs = named.join('\n') !== expected.join('\n');
  return [
    ...(differs ? [contentFault(`${place}/drawn`, `the seed draws ${expected.join(', ')}`, { drawn: expected })] : []),
    ...drawn.flatMap(({ outcome, note }, index) =>
      outcome === 'differs' && note === undefined
        ? [contentFault(`${place}/drawn/${String(index)}/note`, 'what does not conform is said')]
        : [],
    ),
  ];
}

/**
 * What is wrong with the samples of a conclusion: items of another enterprise, months of the report that could not be drawn, and
 * a draw that the seed does not give.
 * @param report the annual report that was verified
 */
export function sampleFaults(
  samples: readonly VerificationSample[],
  uscc: string,
  report: Pick<RecordScope['record'], 'cites'> | undefined,
): Fault[] {
  return samples.flatMap((sample, index) => {
    const place = `samples/${String(index)}`;
    const foreign = sample.frame.find((item) => !item.startsWith(`${uscc}/`));
    if (foreign !== undefined) return [contentFault(`${place}/frame`, `${foreign} is not about ${uscc}`)];
    return [...frameFaults(sample, place, monthsOfReport(report)), ...drawnFaults(sample, place)];
  });
}
