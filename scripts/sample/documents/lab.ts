import { keyOf, notice, sample, type SampleDocument, type SampleMonth, type SampleUnit } from './files';
import { pdfPage } from './pdf';
import { textFile } from './table';

const lab = sample.lab;

/** 检测报告: what the guideline asks a report to show, with the basis of every result. */
function testReport(unit: SampleUnit, { month, lab: report }: SampleMonth): SampleDocument {
  const lines = [
    { text: '煤质检测报告', size: 18, indent: 230 },
    { text: notice, size: 8 },
    { text: `检测机构：${lab.name}    统一社会信用代码：${lab.uscc}` },
    { text: `资质认定证书（CMA）编号：${lab.cmaNo}    有效期至：${lab.cmaValidTo}` },
    { text: `报告编号：${report.reportNo}` },
    { text: `委托单位：${sample.enterprise.name}    统一社会信用代码：${sample.enterprise.uscc}` },
    { text: `样品名称：${unit.unitId} 入炉煤${report.sampleKind}    样品所属月份：${report.sampleMonth}` },
    { text: `样品编号：${unit.unitId}-${month}    样品重量：700 g（3 mm）` },
    { text: `接样日期：${report.sampleReceived}    检测日期：${report.testStart} 至 ${report.testEnd}` },
    { text: '检测项目                      基准          结果            单位        检测方法' },
    { text: `水分 Mad                     空气干燥基    ${report.Mad_pct}           %           GB/T 212` },
    { text: `碳 Cad                       空气干燥基    ${report.Cad_pct}          %           DL/T 568` },
    { text: `氢 Had                       空气干燥基    ${report.Had_pct}           %           DL/T 568` },
    { text: `全硫 St,ad                   空气干燥基    ${report.St_ad_pct}           %           GB/T 214` },
    { text: `高位发热量 Qgr,ad            空气干燥基    ${report.Qgr_ad_MJ_kg}         MJ/kg       GB/T 213` },
    { text: `低位发热量 Qnet,ar           收到基        ${report.Qnet_ar_GJ_t}         GJ/t        GB/T 213` },
    { text: '仪器：元素分析仪 FIC-CHN-02，量热仪 FIC-QR-01，马弗炉 FIC-MF-03' },
    { text: '检测：王（虚构）    审核：李（虚构）    批准：赵（虚构）' },
    { text: `签发日期：${report.issued}` },
    { text: '（检验检测专用章）' },
    { text: '本报告仅对来样负责；未经书面同意不得部分复制。', size: 8 },
  ];
  return {
    path: `reports/${report.reportNo}.pdf`,
    bytes: pdfPage(`煤质检测报告 ${report.reportNo}`, lines),
    for: [{ key: keyOf(unit.unitId, month, 'test-report'), role: 'report' }],
  };
}

/** 送样单: what the lab signs when the composite arrives, before any test. */
function deliverySlip(unit: SampleUnit, { month, lab: report }: SampleMonth): SampleDocument {
  const lines = [
    '煤样送样交接单',
    notice,
    `送样单位：${sample.enterprise.name}`,
    `收样单位：${lab.name}`,
    `样品编号：${unit.unitId}-${month}`,
    `样品类别：${report.sampleKind}`,
    `样品所属月份：${report.sampleMonth}`,
    '样品重量：700 g    粒度：3 mm    封装：密封完好',
    `快递单号：FIC-EX-${month.replace('-', '')}-${unit.unitId}`,
    `收样日期：${report.sampleReceived}`,
    '送样人：孙（虚构）    收样人：周（虚构）',
  ];
  return {
    path: `receipts/${unit.unitId}-${month}.txt`,
    bytes: textFile(lines),
    for: [{ key: keyOf(unit.unitId, month, 'sample-receipt'), role: 'delivery-slip' }],
  };
}

export function labDocuments(): SampleDocument[] {
  return sample.units.flatMap((unit) =>
    unit.months.flatMap((month) => [testReport(unit, month), deliverySlip(unit, month)]),
  );
}
