import { z } from 'zod';
import { isLedgerError, type Fault } from '../../errors';
import { parseBusinessKey, typeOfKind } from '../../identifiers';
import { statedFigure } from '../../methodology/define';
import { reportFiles, type LedgerRecord } from '../../records';
import { isFuture } from '../authority';
import { sampleFaults, sampleFields, sampleLabel } from '../carbon-samples';
import { citedOf } from '../cited';
import { contentFault, daySchema, decimalSchema, numberSchema, ruleFault, textSchema, titled } from '../content';
import type { Effect } from '../effects';
import { identityOf } from '../identity';
import type { CheckInput, CitationRule, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';

function isReportKey(text: string): boolean {
  try {
    return typeOfKind(parseBusinessKey(text).kind) === 'test-report';
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}

const reportKeySchema = z
  .string()
  .max(120)
  .refine(isReportKey, 'not the business key of a test report (USCC/UNIT/PERIOD/test-report)');

const testReportContent = z.strictObject({
  reportNo: titled(numberSchema, 'Report number', '报告编号'),
  sampleMonth: titled(z.string().regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/), 'Month of the sample', '样品所属月份'),
  sampleKind: titled(textSchema, 'Kind of sample', '样品类型'),
  received: titled(daySchema, 'Received on', '收样日期'),
  testStart: titled(daySchema, 'Tests began on', '检测开始日期'),
  testEnd: titled(daySchema, 'Tests ended on', '检测结束日期'),
  issued: titled(daySchema, 'Issued on', '报告签发日期'),
  /** Number of the CMA or CNAS certificate on the stamp. */
  qualification: titled(numberSchema.min(3).max(40), 'Certificate on the stamp', '资质证书编号'),
  /** The day on which the lab says to have put the report on record before it came to this ledger: a claim. */
  anchoredByLab: titled(daySchema.optional(), 'On record with the lab since (claimed)', '检测机构自述存证日期'),
  /** The report of another laboratory in which the same file stands already: this one says that it is its own all the same. */
  alsoIn: titled(reportKeySchema.optional(), 'Same file already on record in', '同一文件已存证于（其他检测机构）'),
  weight_g: titled(decimalSchema.optional(), 'Weight of the sample, g', '样品重量（g）'),
  /** Who did what, by the ids of their posts and not by their names: R-D11. */
  samplerRole: titled(numberSchema.optional(), 'Sampler', '采样人员'),
  preparerRole: titled(numberSchema.optional(), 'Preparer', '制样人员'),
  testerRole: titled(numberSchema.optional(), 'Tester', '检测人员'),
  reviewerRole: titled(numberSchema.optional(), 'Reviewer', '审核人员'),
  ...sampleFields,
});
type TestReportContent = z.infer<typeof testReportContent>;
type Content = TestReportContent;

const figures = [
  statedFigure('Cad_pct', '%', 2),
  statedFigure('Mad_pct', '%', 2),
  statedFigure('Had_pct', '%', 2),
  statedFigure('Qgr_ad_MJ_kg', 'MJ/kg', 3),
  statedFigure('Qnet_ar_GJ_t', 'GJ/t', 3),
  statedFigure('St_ad_pct', '%', 2),
  ...['Aad_pct', 'Vad_pct', 'FCad_pct', 'Nad_pct', 'Oad_pct'].map((name) =>
    statedFigure(name, '%', 2, [], { required: false }),
  ),
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
function receiptFaults({ content, record, scope, time }: CheckInput<Content>): Fault[] {
  const faults = sampleFaults(record, content);
  for (const receipt of citedOf(scope, 'sample-receipt', 'sample-receipt')) {
    const { received } = receipt.content;
    if (received === content.received) continue;
    const message = `received ${content.received}, but the sample receipt says ${received}`;
    faults.push(ruleFault('R-D02', '/content/received', message));
  }
  if (isFuture(content.issued, time)) faults.push(ruleFault('R-D02', '/content/issued', 'issued after it is anchored'));
  return faults;
}

/**
 * What no other report may carry: its number within its laboratory (R-D01), however it is written, and its file (R-D05). A
 * file that another laboratory put on record first is not lost to whom it belongs to: that one says where it stands, and
 * from then on both are told to whoever asks about the file.
 */
function identities({ record, content }: EffectInput<Content>): Effect[] {
  const besides = content.alsoIn === undefined ? {} : { besides: content.alsoIn };
  const files = reportFiles(record.documents).map((file): Effect => {
    const field = `/documents/${String(record.documents.indexOf(file))}/sha256`;
    const claim = { do: 'claim', space: 'report-file', id: file.sha256, rule: 'R-D05', by: record.issuer } as const;
    return { ...claim, ...besides, field };
  });
  const id = `${record.issuer}/${identityOf(content.reportNo)}`;
  return [{ do: 'claim', space: 'report', id, rule: 'R-D01', field: '/content/reportNo' }, ...files];
}

/** What it says of another laboratory's report is so: one of its files stands there. */
async function alsoFaults({ record, content, state }: ConditionInput<Content>): Promise<Fault[]> {
  const { alsoIn } = content;
  if (alsoIn === undefined) return [];
  const held = await Promise.all(
    reportFiles(record.documents).map(({ sha256 }) => state.get('claim', `report-file/${sha256}`)),
  );
  const isThere = held.some((one) => one?.key === alsoIn && one.by !== record.issuer);
  return isThere ? [] : [contentFault('alsoIn', `no file of this report stands in ${alsoIn} of another laboratory`)];
}

/** A report rests on the receipt of its own day, batch or month: `sample-receipt.15` of `test-report.15`. */
function receiptCited({ kind }: Pick<LedgerRecord, 'kind'>): CitationRule {
  const own = kind.replace(/^test-report/, 'sample-receipt');
  const same = ['uscc', 'unit', 'period'] as const;
  return { role: 'sample-receipt', type: 'sample-receipt', kind: own, min: 1, max: 1, same };
}

/**
 * 检测报告 of a coal sample, anchored by the lab itself: of a unit's month one of its composite (`test-report`), or of each day
 * (`test-report.15`) or batch (`test-report.B01`) one. Another takes its place as its next version, once it was opened or
 * withdrawn.
 */
export const testReport: RecordTypeSpec<Content> = {
  type: 'test-report',
  title: { en: 'Test report', zh: '检测报告' },
  content: testReportContent,
  filed: [{ by: 'lab', as: 'engaged' }],
  labels: { names: 'any', ...sampleLabel },
  unit: 'unit',
  period: 'month',
  process: 'corrigible',
  follows: 'sample-receipt',
  cites: (record) => [receiptCited(record)],
  figures: () => figures,
  effects: identities,
  // Number and file stay with this key for good: its next version states them again.
  undo: () => [],
  check: (input) => [...orderFaults(input.content), ...qualificationFaults(input), ...receiptFaults(input)],
  conditions: alsoFaults,
  example: {
    reportNo: 'FIC-CQ-202401-U1-101',
    sampleMonth: '2024-01',
    sampleKind: '月缩分样',
    received: '2024-02-04',
    testStart: '2024-02-06',
    testEnd: '2024-02-08',
    issued: '2024-02-14',
    qualification: '240417250001',
  },
};
