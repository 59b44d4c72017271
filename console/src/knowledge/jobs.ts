import type { Words } from '../language/language';

/** A person's job: what it is, where it is done in this console, and the rule behind it. */
interface Job {
  readonly code: string;
  readonly place: string;
  readonly name: Words;
  readonly text: Words;
}

type Row = readonly [code: string, place: string, zh: string, en: string, textZh: string, textEn: string];

const rows: readonly Row[] = [
  [
    ...(['job.receive', '/file/sample-receipt'] as const),
    ...(['接收样品', 'Receive a sample'] as const),
    '检测机构收到缩分煤样后登记接收日期与样品编号；检测报告须引用它，接收到出具不超过规定天数。',
    'A laboratory files the day and number of a sample that came in; the test report cites it, and is due within days of it.',
  ],
  [
    ...(['job.reports', '/batch/lab-results'] as const),
    ...(['批量锚定检测报告', 'Anchor a batch of reports'] as const),
    '下载表格，每份报告一行，连同 PDF 拖入；错误逐格指出；读过文字说明后一次签署；保存回执，打印标签。',
    'Download the form, a row a report, drop it with the PDFs; faults are named at their cells; read what is signed, sign once, keep receipts, print labels.',
  ],
  [
    ...(['job.month', '/file/monthly-evidence'] as const),
    ...(['填报月度存证', 'File a month'] as const),
    '每月结束后四十个自然日内，依据数据质量控制方案填报；每个数据项注明出处，公式随填随算，引用自动给出。',
    'Within forty natural days after the month, by the data quality control plan; each figure has its source, formulas follow while you type, citations are proposed.',
  ],
  [
    ...(['job.months', '/batch/monthly-evidence'] as const),
    ...(['用工作簿填报多个月', 'File months by workbook'] as const),
    '下载工作簿填写汇总表与逐日表，与材料一起拖入；工作表、单元格、现有内容、应为何值逐一列出。',
    'Fill in summary and daily sheets, drop them with the papers; each fault is listed with sheet, cell, found and expected.',
  ],
  [
    ...(['job.review', '/reviews'] as const),
    ...(['审核月度存证', 'Review months'] as const),
    '左侧队列，中间与上期、上年同期、同类机组并列，右侧材料；J、K 移动，A 通过，R 填写原因退回。',
    'Queue at the left, figures beside last month, last year and peers, papers at the right; J and K move, A accepts, R returns with a reason.',
  ],
  [
    ...(['job.region', '/region'] as const),
    ...(['查看地区总览', 'Look at a region'] as const),
    '各机组十二个月：缺报、迟报、倒签、默认值及其多计吨数；按规则列出筛查结果。',
    'Twelve months a unit: missing, late, dated back, default values and their tonnes; screening rule by rule.',
  ],
  [
    ...(['job.inspect', '/inspection'] as const),
    ...(['现场检查', 'Inspect on site'] as const),
    '拖入企业文件夹逐个比对；没有网络时先保存离线包，现场记下发现，回来逐条填报；签名出具检查报告。',
    'Drop the plant’s folder; without a network take a pack along, note findings on the spot, file each when back, and sign the report.',
  ],
  [
    ...(['job.reconcile', '/reconcile'] as const),
    ...(['对账', 'Reconcile'] as const),
    '拖入两家登记机构与省级的文件，逐行比对并与账本核对；导出对账报告（XLSX、PDF），锚定其摘要。',
    'Drop the files of both registries and the province; they are compared row by row and with the ledger; export the report (XLSX, PDF), anchor its digest.',
  ],
  [
    ...(['job.sample', '/sampling'] as const),
    ...(['核查抽样', 'Draw a sample'] as const),
    '从报告所依据的月度存证或材料中按种子抽取，逐项记录相符与否，写入核查结论；任何人可复算。',
    'Draw from the months of a report or their documents by a seed, say of each whether it conforms, take it into the conclusion; anybody draws the same.',
  ],
  [
    ...(['job.allocate', '/allocation'] as const),
    ...(['分配配额', 'Allocate'] as const),
    '已发布的预分配、核定与按规则计算的结果并列，差异逐条列出；就绪的机组和企业一次签署批量发布。',
    'Pre-allocations and determinations beside what the rules give, with each difference; all that is ready is issued by one signature.',
  ],
  [
    ...(['job.open-items', '/open-items'] as const),
    ...(['挂条拉账', 'Follow open items'] as const),
    '检查问题、不符合项、复核申请和被退回、存疑的记录：自何时起、由谁办理、何日到期，直至销号。',
    'Findings, nonconformities, objections, returned and questioned records: since when, who acts, until when, until they are closed.',
  ],
  [
    ...(['job.rules', '/file/parameter'] as const),
    ...(['修改规则与参数', 'Change rules and parameters'] as const),
    '读入参数表或筛查规则集后先“预览影响”：账本现有记录中有多少机组、数据项会变化。',
    'Read a table of parameters or a rule set, and preview first: how many units and figures of the ledger would change.',
  ],
  [
    ...(['job.verify', '/engagements'] as const),
    ...(['核查年度报告', 'Verify an annual report'] as const),
    '自委托进入，抽取样本，登记不符合项，提交核查结论。',
    'From the engagement: draw a sample, file nonconformities, conclude.',
  ],
  [
    ...(['job.check', '/check'] as const),
    ...(['核验文件', 'Check a file'] as const),
    '拖入文件、文件夹、证书、回执或数据证明：一致、一致但记录已失效、不一致、未找到、无法判定。文件不离开本机。',
    'Drop a file, folder, certificate, receipt or figure proof: consistent, consistent with a record that no longer stands, inconsistent, not found, undecidable. Files never leave the computer.',
  ],
  [
    ...(['job.trace', '/trace'] as const),
    ...(['追溯数据项', 'Trace a figure'] as const),
    '从所查数据项一直到检测报告与原始材料，每一步重新计算，指出断开之处；预演撤回的影响（吨）。',
    'From the figure down to test reports and papers, each step computed anew, breaks named; rehearse a withdrawal in tonnes.',
  ],
];

export const jobs: readonly Job[] = rows.map(([code, place, zh, en, textZh, textEn]) => ({
  code,
  place,
  name: { zh, en },
  text: { zh: textZh, en: textEn },
}));
