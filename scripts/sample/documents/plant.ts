import {
  daysOf,
  keyOf,
  notice,
  runningDays,
  sample,
  type SampleDocument,
  type SampleMonth,
  type SampleUnit,
} from './files';
import { around, fromUnits, splitTotal, toUnits } from './series';
import { csvFile, textFile, xlsxFile, type Row } from './table';

const dd = (day: number): string => String(day).padStart(2, '0');

/** One day's coal: tonnes, NCVar and Mar as text. */
export interface CoalDay {
  readonly day: number;
  readonly fc: string;
  readonly ncv: string;
  readonly mar: string;
}

/** The sample's own rows of U1's January. */
function statedDays(unit: SampleUnit, month: SampleMonth): CoalDay[] {
  if (unit.unitId !== 'U1' || month.month !== '2024-01') return [];
  return sample.dailyU1Jan2024.rows.map(([day, fc, ncv, mar]) => ({
    day: Number(day),
    fc: String(fc),
    ncv: String(ncv),
    mar: String(mar),
  }));
}

/** Daily coal of a month: Σ FC, weighted NCVar and weighted Mar are the month's, to the digit (以日保月). */
export function coalDays(unit: SampleUnit, month: SampleMonth): CoalDay[] {
  const stated = statedDays(unit, month);
  if (stated.length > 0) return stated;
  const name = `${unit.unitId}/${month.month}`;
  const count = runningDays(month);
  const fc = splitTotal(toUnits(month.coalConsumption_t, 2), count, `${name}/fc`);
  const ncv = around(toUnits(month.NCVar_GJ_t, 3), fc, 350, `${name}/ncv`);
  const mar = around(toUnits(month.Mar_pct, 2) / 10, fc, 8, `${name}/mar`);
  return fc.map((tonnes, index) => ({
    day: index + 1,
    fc: fromUnits(tonnes, 2),
    ncv: fromUnits(ncv[index] ?? 0, 3),
    mar: fromUnits(mar[index] ?? 0, 1),
  }));
}

function dailyCoal(unit: SampleUnit, month: SampleMonth): SampleDocument {
  const days = coalDays(unit, month);
  const rows: Row[] = [
    [`${sample.enterprise.name} ${unit.unitId} 入炉煤日报 ${month.month}`, notice],
    ['日期', '入炉煤量(t)', '收到基低位发热量(GJ/t)', '收到基全水分(%)', '备注'],
    ...days.map(({ day, fc, ncv, mar }) => [`${month.month}-${dd(day)}`, fc, ncv, mar, '']),
    ...Array.from({ length: daysOf(month.month) - days.length }, (_, index) => [
      `${month.month}-${dd(days.length + index + 1)}`,
      '0.00',
      '',
      '',
      '停机',
    ]),
    ['合计/加权', month.coalConsumption_t, month.NCVar_GJ_t, month.Mar_pct, '皮带秤 FIC-BS-01，校准有效期内'],
  ];
  return {
    path: `coal/${unit.unitId}-${month.month}-daily.csv`,
    bytes: csvFile(rows),
    for: [{ key: keyOf(unit.unitId, month.month, 'monthly-evidence'), role: 'daily-coal' }],
  };
}

async function production(unit: SampleUnit, month: SampleMonth): Promise<SampleDocument> {
  const count = runningDays(month);
  const name = `${unit.unitId}/${month.month}`;
  const parts = (text: string, decimals: number, what: string): string[] =>
    splitTotal(toUnits(text, decimals), count, `${name}/${what}`).map((units) => fromUnits(units, decimals));
  const power = parts(month.generation_MWh, 3, 'power');
  const heat = parts(month.heatSupply_GJ, 2, 'heat');
  const rows: Row[] = [
    [`${sample.enterprise.name} ${unit.unitId} 生产月报 ${month.month}`],
    [notice],
    ['日期', '发电量(MWh)', '供热量(GJ)'],
    ...power.map((value, index) => [`${month.month}-${dd(index + 1)}`, value, heat[index] ?? '0.00']),
    ['合计', month.generation_MWh, month.heatSupply_GJ],
    ['运行小时(h)', month.operatingHours_h],
    ['负荷(出力)系数(%)', month.loadFactor_pct],
    ['上网电量(MWh)', month.onGrid_MWh],
    ['外购电量(MWh)', month.purchasedPower_MWh],
  ];
  return {
    path: `production/${unit.unitId}-${month.month}.xlsx`,
    bytes: await xlsxFile('生产月报', rows),
    for: [{ key: keyOf(unit.unitId, month.month, 'monthly-evidence'), role: 'production-report' }],
  };
}

function compositeRecord(unit: SampleUnit, month: SampleMonth): SampleDocument {
  const total = toUnits(month.coalConsumption_t, 2);
  const portions = coalDays(unit, month).map(({ day, fc }) => {
    // Portion of the 700 g composite in proportion to the day's coal, to a tenth of a gram.
    const grams = (toUnits(fc, 2) / total) * 700;
    return `${month.month}-${dd(day)}    入炉煤 ${fc} t    缩分样 ${grams.toFixed(1)} g`;
  });
  const lines = [
    `${unit.unitId} ${month.month} 月缩分样制备记录（GB/T 474、GB/T 19494.2）`,
    notice,
    ...portions,
    '制样：钱（虚构）    监督：吴（虚构）    留样：700 g，3 mm，密封保存',
  ];
  return {
    path: `composite/${unit.unitId}-${month.month}.txt`,
    bytes: textFile(lines),
    for: [{ key: keyOf(unit.unitId, month.month, 'monthly-evidence'), role: 'composite-record' }],
  };
}

/** 煤炭购销存台账 of the plant: what came in ten deliveries, what stood there before and after. */
function stockLedger(balance: (typeof sample.plantStockBalance)[number]): SampleDocument {
  const { month } = balance;
  const deliveries = splitTotal(toUnits(balance.purchased_t, 2), 10, `${month}/purchased`);
  const rows: Row[] = [
    [`${sample.enterprise.name} 煤炭购销存台账 ${month}`, notice],
    ['日期', '摘要', '数量(t)'],
    [`${month}-01`, '期初库存', balance.opening_t],
    ...deliveries.map((tonnes, index) => [
      `${month}-${dd(index * 2 + 2)}`,
      `购入 晋北（虚构）煤矿 第${String(index + 1)}批`,
      fromUnits(tonnes, 2),
    ]),
    ['', '本月购入合计', balance.purchased_t],
    [`${month}-${String(daysOf(month))}`, '期末盘存', balance.closing_t],
    ['', '盘存法消耗量', balance.consumedByStock_t],
    ['', '皮带秤消耗量', balance.consumedByFeeder_t],
    ['', '偏差(%)', balance.imbalance_pct],
  ];
  return {
    path: `stock/${month}.csv`,
    bytes: csvFile(rows),
    for: [{ key: keyOf('PLANT', month, 'monthly-evidence'), role: 'stock-ledger' }],
  };
}

function qualityControlPlan(unit: SampleUnit): SampleDocument {
  const year = String(sample.reportYear);
  const lines = [
    `数据质量控制方案 ${year}`,
    notice,
    `企业：${sample.enterprise.name}（${sample.enterprise.uscc}），排污许可证 ${sample.enterprise.permitNo}`,
    `机组：${unit.unitId} ${unit.name}    设施编码：${unit.facilityCode}    装机容量：${String(unit.capacity_MW)} MW`,
    `锅炉：${unit.boiler}    产品：${unit.product}    机组类别：${unit.category}`,
    '燃煤消耗量：入炉皮带秤，每日；购销存台账核对',
    '收到基低位发热量：自有实验室，每日，按日煤量加权',
    '元素碳：月缩分样，委托检测，收到基换算采用企业每日全水分加权值',
    '缺省值：未检测或不合规月份采用国家规定的单位热值含碳量缺省值',
  ];
  return {
    path: `plans/${unit.unitId}-${year}.txt`,
    bytes: textFile(lines),
    for: [{ key: keyOf(unit.unitId, year, 'quality-control-plan'), role: 'plan' }],
  };
}

async function annualReport(unit: SampleUnit): Promise<SampleDocument> {
  const year = String(sample.reportYear);
  const rows: Row[] = [
    [`${sample.enterprise.name} ${unit.unitId} ${year} 年度排放报告`],
    [notice],
    ['月份', '煤量(t)', '低位发热量(GJ/t)', '元素碳(tC/t)', '取值', '排放量(tCO2)'],
    ...unit.months.map((month) => [
      month.month,
      month.coalConsumption_t,
      month.NCVar_GJ_t,
      month.Car_tC_t,
      month.carbonBasis,
      month.emission_tCO2,
    ]),
    [
      '年度',
      unit.annual.coalConsumption_t,
      unit.annual.NCVar_weighted_GJ_t,
      unit.annual.Car_weighted_tC_t,
      '',
      String(unit.annual.emission_tCO2),
    ],
  ];
  return {
    path: `annual/${unit.unitId}-${year}.xlsx`,
    bytes: await xlsxFile('年度排放报告', rows),
    for: [{ key: keyOf(unit.unitId, year, 'annual-report'), role: 'report' }],
  };
}

export async function plantDocuments(): Promise<SampleDocument[]> {
  const months = sample.units.flatMap((unit) => unit.months.map((month) => ({ unit, month })));
  return [
    ...sample.units.map(qualityControlPlan),
    ...months.map(({ unit, month }) => dailyCoal(unit, month)),
    ...(await Promise.all(months.map(async ({ unit, month }) => await production(unit, month)))),
    ...months.map(({ unit, month }) => compositeRecord(unit, month)),
    ...sample.plantStockBalance.map(stockLedger),
    ...(await Promise.all(sample.units.map(annualReport))),
  ];
}
