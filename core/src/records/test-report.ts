import { z } from 'zod';
import type { Fault } from '../errors';
import { statedFigure } from '../methodology/define';
import { contentText } from '../methodology/resolve';
import { contentFault, daySchema, ruleFault, textSchema } from './content';
import { recordType, type CheckInput } from './spec';

const contentSchema = z.strictObject({
  reportNo: textSchema,
  sampleMonth: z.string().regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/),
  sampleKind: textSchema,
  received: daySchema,
  testStart: daySchema,
  testEnd: daySchema,
  issued: daySchema,
  /** Number of the CMA or CNAS certificate on the stamp. */
  qualification: z.string().min(3).max(40),
  /** The day on which the lab had put the report on record before it came to this ledger; absent where it is anchored here first. */
  anchoredByLab: daySchema.optional(),
});
type Content = z.infer<typeof contentSchema>;

const figures = [
  statedFigure('Cad_pct', '%', 2),
  statedFigure('Mad_pct', '%', 2),
  statedFigure('Had_pct', '%', 2),
  statedFigure('Qgr_ad_MJ_kg', 'MJ/kg', 3),
  statedFigure('Qnet_ar_GJ_t', 'GJ/t', 3),
  statedFigure('St_ad_pct', '%', 2),
];

/** R-D02: sampling ≤ received ≤ test ≤ issued. Days compare as text. */
function orderFaults(content: Content): Fault[] {
  const steps = ['received', 'testStart', 'testEnd', 'issued'] as const;
  return steps.slice(1).flatMap((step, index) => {
    const before = steps[index] ?? 'received';
    if (content[before] <= content[step]) return [];
    return [
      ruleFault('R-D02', `/content/${step}`, `${step} ${content[step]} lies before ${before} ${content[before]}`),
    ];
  });
}

/** R-D06: the lab's certificate named on the report must be registered and valid on the day of the test. */
function qualificationFaults({ content, issuer }: CheckInput<Content>): Fault[] {
  const held = issuer.qualifications.find((qualification) => qualification.number === content.qualification);
  if (!held)
    return [ruleFault('R-D06', '/content/qualification', `${content.qualification} is not registered for this lab`)];
  const begun = held.validFrom === null || held.validFrom <= content.testStart;
  const ended = held.validTo !== null && held.validTo < content.testEnd;
  if (begun && !ended) return [];
  return [
    ruleFault(
      'R-D06',
      '/content/qualification',
      `${held.number} was not valid from ${content.testStart} to ${content.testEnd}`,
    ),
  ];
}

/** A report must tell what its own sample receipt told. */
function sampleFaults({ content, record, scope }: CheckInput<Content>): Fault[] {
  const faults: Fault[] = [];
  if (content.sampleMonth !== record.subject.period)
    faults.push(contentFault('sampleMonth', `the sample month must be ${record.subject.period}`));
  const [receipt] = scope.cited.get('sample-receipt') ?? [];
  const received = contentText(receipt?.record.content['received']);
  if (received !== undefined && received !== content.received) {
    faults.push(
      ruleFault('R-D02', '/content/received', `received ${content.received}, but the sample receipt says ${received}`),
    );
  }
  return faults;
}

/** 检测报告 of a composite coal sample, anchored by the lab itself. */
export const testReport = recordType<Content>({
  type: 'test-report',
  title: { en: 'Test report', zh: '检测报告' },
  content: contentSchema,
  filedBy: ['lab'],
  labels: 'optional',
  unit: 'unit',
  period: 'month',
  about: 'any',
  cites: () => [{ role: 'sample-receipt', type: 'sample-receipt', min: 1, max: 1, same: ['uscc', 'unit', 'period'] }],
  versions: 'supersession',
  figures: () => figures,
  check: (input) => [...orderFaults(input.content), ...qualificationFaults(input), ...sampleFaults(input)],
});
