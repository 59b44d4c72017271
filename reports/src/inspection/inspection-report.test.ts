import {
  attachmentsOf,
  canonicalize,
  fileVerdicts,
  INSPECTION_REPORT_SCHEMA,
  notClaimed,
  type CheckedFile,
  type FolderCheck,
  type InspectionReport,
  type SignedInspectionReport,
} from '@carbon-ledger/core';
import { ReceiptWorld } from '../../../core/src/receipt/testing/world';
import { inspectionReportIn, isInspectionReportAsIssued, makeInspectionReport } from '.';
import { blocksOf } from './inspection-report';
import { reasonIn } from './reasons';

const world = ReceiptWorld.create();
const record = world.recordId;
const key = '91140000MA0FAKE01X/U1/2024-06/monthly-evidence';
const digest = `sha256:${'b'.repeat(64)}`;

const changed: CheckedFile = {
  ...{ path: '现场资料.zip » 煤/U1-2024-06.csv', verdict: 'changed', sha256: digest, size: 9, key, record },
  ...{ anchoredName: 'U1-2024-06.csv', anchoredSha256: digest, anchoredAt: '2024-07-20T02:00:00Z' },
  compared: 'opening',
  cells: [{ sheet: 'CSV', cell: 'B33', anchored: '96445.57', found: '97445.57', figure: `${key}#FC_t`, by: 'value' }],
  impact: {
    ...{ record, key, assume: 'replaced', plants: ['91140000MA0FAKE01X'] },
    ...{ takenBackBy: [], accounts: [], records: [{ id: record, key, falls: false }] },
    figures: [
      { figure: `${key}#emission_tCO2`, record, unit: 'tCO2', now: '198000', then: '200045', delta: '2045' },
      { figure: `${key}#gap_tCO2`, record, unit: 'tCO2', now: '1', then: null, delta: null },
    ],
    tonnes: {
      ...{ emission_tCO2: '2045', preallocation_tCO2: '0', allowance_tCO2: '0' },
      ...{ gap_tCO2: null, allowancesToBuy_tCO2: '2045' },
    },
  },
};

const zero = Object.fromEntries([...Object.keys(fileVerdicts), 'missing', 'twins'].map((name) => [name, 0]));
const check: FolderCheck = {
  counts: { ...(zero as FolderCheck['counts']), changed: 1, unreadable: 1, 'other-name': 1, missing: 1, twins: 1 },
  files: [
    {
      path: '锁.rar',
      verdict: 'unreadable',
      why: 'an archive (rar) that is not opened: unpack it and check the folder',
    },
    { path: '扫描.pdf', verdict: 'other-name', sha256: digest, key, record, anchoredName: 'report.pdf' },
    changed,
  ],
  missing: [{ key, record, name: '煤.xlsx', sha256: digest }],
  twins: [{ by: 'copies', same: ['a.pdf'], reports: [{ key, record, number: 'FIC-1' }] }],
};

const body: InspectionReport = {
  ...{ schema: INSPECTION_REPORT_SCHEMA, ledger: 'a'.repeat(64), party: '11140000MB0FAKE14J' },
  ...{ signedAt: '2026-11-29T08:00:00Z', plants: ['91140000MA0FAKE01X'], years: ['2024'] },
  plan: { key: '11140000MB0FAKE14J/-/2024/inspection.1', record, basis: '碳排放数据质量专项监督执法' },
  sample: {
    ...{ rule: 'lowest-ticket', frame: ['91140000MA0FAKE01X'], tickets: [7], size: 1 },
    ...{ seed: '5e'.repeat(32), commitment: 'c'.repeat(64), drawn: ['91140000MA0FAKE01X'] },
  },
  check,
  findings: [
    {
      ...{ key: `${key}.1`, record, clause: '6.1', seen: '与皮带秤原始读数不一致' },
      figures: [{ record: key, figure: 'FC_t', unit: 't', decimals: 2 }],
      documents: [{ record: key, document: 'U1-2024-06.csv' }],
      values: { 'anchored.1': '96445.57', 'found.1': '97445.57', atStake_tCO2: '2045' },
      ...{ claimedAt: '2026-11-29T08:00:00Z', anchoredAt: '2026-11-29T09:00:00Z' },
    },
  ],
  ...{ notClaimed, receipts: [world.receipt()] },
};
const report: SignedInspectionReport = { body, keyId: `0x${'1'.repeat(40)}`, signature: `0x${'2'.repeat(130)}` };

describe('the report of an inspection, for people', () => {
  it.each(['zh', 'en'] as const)('carries the signed report as it was signed (%s)', async (language) => {
    const pdf = await makeInspectionReport(report, { language });
    const [attached] = attachmentsOf(pdf, { file: 1e7, count: 4, content: 1e7 });
    expect(Buffer.from(attached!.bytes).toString()).toBe(canonicalize(report));
    expect(inspectionReportIn(pdf)).toEqual(report);
    expect(await isInspectionReportAsIssued(pdf)).toBe(true);
  });

  it('is the same for the same report, and another in the other language', async () => {
    const made = (language: 'zh' | 'en'): Promise<Uint8Array> => makeInspectionReport(report, { language });
    const [one, two, other] = [await made('zh'), await made('zh'), await made('en')];
    expect(Buffer.from(one).equals(two)).toBe(true);
    expect(Buffer.from(one).equals(other)).toBe(false);
  });

  it('is written of an inspection without plan, comparison or findings too', async () => {
    const { schema, ledger, party, signedAt, plants, receipts } = body;
    const bare = { schema, ledger, party, signedAt, plants, years: [], findings: [], notClaimed, receipts };
    const pdf = await makeInspectionReport({ ...report, body: bare }, { language: 'en' });
    expect(inspectionReportIn(pdf).body).toEqual(bare);
  });

  it('is no longer as issued where a byte of its pages was changed', async () => {
    const pdf = Buffer.from(await makeInspectionReport(report, { language: 'zh' }));
    const at = pdf.indexOf('(D:20261129');
    pdf[at + 10] = '8'.charCodeAt(0);
    expect(await isInspectionReportAsIssued(pdf)).toBe(false);
  });

  it('refuses a PDF that carries none', () => {
    expect(() => inspectionReportIn(Buffer.from('%PDF-1.7\n'))).toThrow(/PDF/);
  });

  it('names every cell, figure, record and sentence on its pages', () => {
    const pages = JSON.stringify(blocksOf(report, 'zh'));
    const named = [
      ...['CSV!B33', '96445.57', '97445.57', 'inspection.1', '5e'.repeat(32), '锁.rar', 'FIC-1', '6.1', '不一致'],
      ...[
        'rar 压缩包，未打开',
        '现场资料.zip',
        '煤.xlsx',
        record,
        `${key}#FC_t`,
        `${key}#emission_tCO2`,
        ...notClaimed.map(({ zh }) => zh),
      ],
    ];
    for (const one of named) expect(pages).toContain(one);
  });
});

describe('what is said of a file', () => {
  it.each([
    ['96 bytes were anchored, 97 are here', '存证时 96 字节，现为 97 字节'],
    ['text from letter 3 on: "a" became "b"', '自第 3 个字起："a" 变为 "b"'],
    ['the archive cannot be read: it is no zip', '压缩包无法读取：it is no zip'],
    [
      'it is encrypted: it was not looked at; its name leads out of the archive',
      '文件已加密，未查看；文件名指向压缩包之外',
    ],
    ['something that nobody translated', 'something that nobody translated'],
  ])('%s is %s in Chinese, and as it was said in English', (said, zh) => {
    expect([reasonIn(said, 'zh'), reasonIn(said, 'en')]).toEqual([zh, said]);
  });
});
