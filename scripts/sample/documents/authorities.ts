import { keyOf, notice, sample, type SampleDocument } from './files';
import { textFile } from './table';

const { compliance, enterprise, units } = sample;
const year = String(sample.reportYear);
const places = [...units.map(({ unitId }) => unitId), 'PLANT'];

function ofAll(kind: string, role: string): SampleDocument['for'] {
  return places.map((place) => ({ key: keyOf(place, year, kind), role }));
}

function verificationReport(): SampleDocument {
  const lines = [
    `${year} 年度温室气体排放核查报告    编号：${sample.verifier.reportNo}`,
    notice,
    `核查机构：${sample.verifier.name}（${sample.verifier.uscc}）`,
    `被核查企业：${enterprise.name}（${enterprise.uscc}）`,
    ...units.map(({ unitId, annual }) => `机组 ${unitId} 核定排放量：${String(annual.emission_tCO2)} tCO2，与报告一致`),
    `企业核定排放量：${String(compliance.verifiedEmission_tCO2)} tCO2`,
    'U2 2024-09 检测报告于月末后第 47 日出具，元素碳按缺省值核算，核查认可。',
    '结论：符合核算指南与数据质量控制方案。',
  ];
  return {
    path: `verification/${sample.verifier.reportNo}.txt`,
    bytes: textFile(lines),
    for: ofAll('verification-conclusion', 'verification-report'),
  };
}

function preAllocationNotice(): SampleDocument {
  const lines = [
    `${year} 年度配额预分配通知`,
    notice,
    `致：${enterprise.name}    配额账户：${enterprise.allowanceAccountId}`,
    ...units.map(
      ({ unitId, allowance }) =>
        `机组 ${unitId}：2023 年核定排放量 ${String(allowance.verified2023_tCO2)} t，` +
        `按 70% 预分配 ${String(allowance.preallocation_tCO2)} t`,
    ),
    `合计预分配：${String(compliance.preallocation_tCO2)} t`,
  ];
  return {
    path: `allowances/${year}-pre-allocation.txt`,
    bytes: textFile(lines),
    for: ofAll('allowance-issuance.pre', 'notice'),
  };
}

function finalNotice(): SampleDocument {
  const lines = [
    `${year} 年度配额核定与发放通知`,
    notice,
    `致：${enterprise.name}    配额账户：${enterprise.allowanceAccountId}`,
    ...units.map(
      ({ unitId, allowance }) =>
        `机组 ${unitId}：Ff ${allowance.Ff}，供电 ${String(allowance.Ae_tCO2)} t，供热 ${String(allowance.Ah_tCO2)} t，` +
        `核定 ${String(allowance.A_tCO2)} t，多退少补 ${String(allowance.trueUp_tCO2)} t`,
    ),
    `企业核定配额：${String(compliance.allowance_tCO2)} t    缺口：${String(compliance.gap_tCO2)} t（${compliance.gapRate_pct}%）`,
  ];
  return {
    path: `allowances/${year}-final.txt`,
    bytes: textFile(lines),
    for: ofAll('allowance-issuance', 'notice'),
  };
}

function cancellation(lot: (typeof compliance.ccerLots)[number], index: number): SampleDocument {
  const label = String(index + 1);
  const lines = [
    'CCER 自愿注销证明',
    notice,
    `项目：${lot.projectName}    项目编号：${lot.projectRef}    方法学：${lot.methodology}`,
    `序列号：${lot.serialFrom} 至 ${lot.serialTo}    数量：${String(lot.qty)} tCO2e`,
    `用途：全国碳市场 ${year} 年度配额清缴抵销    账户：${enterprise.ccerAccountId}`,
  ];
  return {
    path: `ccer/${year}-cancellation-${label}.txt`,
    bytes: textFile(lines),
    for: [{ key: keyOf('PLANT', year, `ccer-cancellation.${label}`), role: 'cancellation-proof' }],
  };
}

function surrenderReceipt(): SampleDocument {
  const lines = [
    `${year} 年度配额清缴应履约通知`,
    notice,
    `企业：${enterprise.name}（${enterprise.uscc}）`,
    `核定排放量：${String(compliance.verifiedEmission_tCO2)} t    CCER 抵销：${String(compliance.ccerUsed_tCO2)} t`,
    `应清缴配额：${String(compliance.allowancesToSurrender_tCO2)} t    需购买：${String(compliance.allowancesToBuy_tCO2)} t`,
    `清缴截止日：${compliance.surrenderDeadline}`,
  ];
  return {
    path: `surrender/${year}.txt`,
    bytes: textFile(lines),
    for: [{ key: keyOf('PLANT', year, 'surrender'), role: 'surrender-notice' }],
  };
}

export function authorityDocuments(): SampleDocument[] {
  return [
    verificationReport(),
    preAllocationNotice(),
    finalNotice(),
    ...compliance.ccerLots.map(cancellation),
    surrenderReceipt(),
  ];
}
