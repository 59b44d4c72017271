import { LedgerError } from '../errors';
import {
  conclusion,
  plantIssuance,
  plantPreAllocation,
  surrender,
  unitIssuance,
  unitPreAllocation,
} from './coal-power-allowance';
import { plantReport, unitReport } from './coal-power-annual';
import { plantEvidence, unitEvidence } from './coal-power-evidence';
import { figureTable } from './recompute';
import type { Methodology, ParameterTable } from './spec';

/** Benchmarks of 2023 and 2024: tCO2/MWh for power (per class), tCO2/GJ for heat. */
const benchmarks = {
  '2023': { I: '0.7950', II: '0.8090', III: '0.8285', IV: '0.3305', heatCoal: '0.1038', heatGas: '0.0536' },
  '2024': { I: '0.7910', II: '0.8049', III: '0.8244', IV: '0.3288', heatCoal: '0.1033', heatGas: '0.0533' },
} as const;

type CoalPowerYear = keyof typeof benchmarks;
export const coalPowerYears = Object.keys(benchmarks) as readonly CoalPowerYear[];

const allocationPlan = '2023、2024年度全国碳排放权交易发电行业配额总量和分配方案';
const guideline = '企业温室气体排放核算与报告指南 发电设施（环办气候函〔2022〕485号）';

function assertYear(year: string): asserts year is CoalPowerYear {
  if (Object.hasOwn(benchmarks, year)) return;
  throw new LedgerError(
    'FORMULA_UNDEFINED',
    `there is no coal power methodology for ${year}; there is one for ${coalPowerYears.join(', ')}`,
  );
}

/**
 * Coal power, report years 2023 and 2024: what a plant must report and how every computed figure follows.
 * Sources: accounting guideline 〔2022〕485号; allocation plan 2023/2024 (generation base, peaking factor, gap cap).
 * @throws LedgerError FORMULA_UNDEFINED for another year
 */
export function coalPower(year: string): Methodology {
  assertYear(year);
  return {
    id: 'CN-ETS-POWER',
    title: { en: `Power generation, report year ${year}`, zh: `发电设施 ${year} 年度核算与配额` },
    year,
    sources: [guideline, allocationPlan],
    figures: {
      [figureTable('monthly-evidence', 'U')]: [...unitEvidence],
      [figureTable('monthly-evidence', 'PLANT')]: [...plantEvidence],
      [figureTable('annual-report', 'U')]: [...unitReport],
      [figureTable('annual-report', 'PLANT')]: [...plantReport],
      [figureTable('verification-conclusion', 'U')]: [...conclusion],
      [figureTable('verification-conclusion', 'PLANT')]: [...conclusion],
      [figureTable('allowance-issuance.pre', 'U')]: [...unitPreAllocation],
      [figureTable('allowance-issuance.pre', 'PLANT')]: [...plantPreAllocation],
      [figureTable('allowance-issuance', 'U')]: [...unitIssuance],
      [figureTable('allowance-issuance', 'PLANT')]: [...plantIssuance],
      [figureTable('surrender', 'PLANT')]: [...surrender],
    },
  };
}

/**
 * The values in force for one report year.
 * @throws LedgerError FORMULA_UNDEFINED for a year without a plan
 */
export function coalPowerParameters(year: string): ParameterTable {
  assertYear(year);
  const b = benchmarks[year];
  const entry = (value: string, unit: string, source: string): ParameterTable['values'][string] => ({
    value,
    unit,
    source,
  });
  return {
    table: 'CN-ETS-POWER',
    effectiveFrom: `${year}-01-01`,
    effectiveTo: `${year}-12-31`,
    values: {
      OF: entry('99', '%', guideline),
      'CC.I': entry('0.03085', 'tC/GJ', guideline),
      'CC.II': entry('0.03085', 'tC/GJ', guideline),
      'CC.III': entry('0.02858', 'tC/GJ', guideline),
      'CC.IV': entry('0.01532', 'tC/GJ', 'CETS-AG-03.01-V01-2024 附录（天然气）'),
      defaultNCV_coal: entry('26.7', 'GJ/t', guideline),
      gridFactor: entry('0.5366', 'tCO2/MWh', '2022年电力二氧化碳排放因子（仅供参考）'),
      GJ_per_tce: entry('29.3076', 'GJ/tce', 'GB/T 2589'),
      'Be.I': entry(b.I, 'tCO2/MWh', allocationPlan),
      'Be.II': entry(b.II, 'tCO2/MWh', allocationPlan),
      'Be.III': entry(b.III, 'tCO2/MWh', allocationPlan),
      'Be.IV': entry(b.IV, 'tCO2/MWh', allocationPlan),
      'Bh.I': entry(b.heatCoal, 'tCO2/GJ', allocationPlan),
      'Bh.II': entry(b.heatCoal, 'tCO2/GJ', allocationPlan),
      'Bh.III': entry(b.heatCoal, 'tCO2/GJ', allocationPlan),
      'Bh.IV': entry(b.heatGas, 'tCO2/GJ', allocationPlan),
      preallocationRate: entry('0.7', '1', allocationPlan),
      gapCapShare: entry('0.8', '1', allocationPlan),
      ccerCapRate: entry('0.05', '1', '碳排放权交易管理办法（试行）第二十九条'),
    },
  };
}
