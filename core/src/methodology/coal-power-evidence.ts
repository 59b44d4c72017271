import {
  above,
  byCategory,
  cited,
  computedFigure,
  content,
  formula,
  isCited,
  isIn,
  parameter,
  self,
  statedFigure,
} from './define';
import type { FigureSpec } from './spec';

const guideline = '环办气候函〔2022〕485号';
const whenDaily = {
  when: [isIn(content('dailyRecords'), 'true')],
  basis: `${guideline} (daily records make the month)`,
};
/** Days without coal have no mean: a month that stood still has zeros, as a year has. */
const whenBurning = { ...whenDaily, when: [...whenDaily.when, above(self('coalConsumption_t'), '0')] };
const whenDefault = {
  when: [isIn(content('carbonBasis'), 'default')],
  basis: `${guideline} (no compliant test: default carbon content)`,
};
const whenMeasured = { when: [isIn(content('carbonBasis'), 'measured')], basis: `${guideline} 式(3)` };

const carbonInputs = {
  Cad: cited('test-report', 'Cad_pct'),
  Mad: cited('test-report', 'Mad_pct'),
  Mar: self('Mar_pct'),
};
const carbonExpression = 'round(Cad * (100 - Mar) / (100 - Mad) / 100, 4)';

/** Zero where a divisor is zero: a unit that stood still for the month. */
const zeroCase = (id: string) => formula(`${id}.idle`, '0', {});

/** Monthly evidence of one unit: measured quantities, and what follows from them. */
export const unitEvidence: readonly FigureSpec[] = [
  statedFigure('daily.fc_t.*', 't', 2, [], { required: false }),
  statedFigure('daily.ncv_GJ_t.*', 'GJ/t', 3, [], { required: false }),
  statedFigure('daily.mar_pct.*', '%', 1, [], { required: false }),
  statedFigure('coalConsumption_t', 't', 2, [
    formula('FC.sum-of-days', 'sum(FCd)', { FCd: self('daily.fc_t.*') }, whenDaily),
  ]),
  statedFigure('NCVar_GJ_t', 'GJ/t', 3, [
    formula(
      'NCV.weighted-by-day',
      'round(wavg(NCVd, FCd), 3)',
      { NCVd: self('daily.ncv_GJ_t.*'), FCd: self('daily.fc_t.*') },
      whenBurning,
    ),
    formula('NCV.weighted-by-day.idle', '0', {}, whenDaily),
  ]),
  statedFigure('Mar_pct', '%', 2, [
    formula(
      'Mar.weighted-by-day',
      'round(wavg(Mard, FCd), 2)',
      { Mard: self('daily.mar_pct.*'), FCd: self('daily.fc_t.*') },
      whenBurning,
    ),
    formula('Mar.weighted-by-day.idle', '0', {}, whenDaily),
  ]),
  computedFigure(
    'CarMeasured_tC_t',
    'tC/t',
    4,
    [
      formula('Car.from-Cad', carbonExpression, carbonInputs, {
        when: [isCited('test-report')],
        basis: `${guideline} 式(3)`,
      }),
    ],
    { required: false },
  ),
  computedFigure('Car_tC_t', 'tC/t', 4, [
    formula('Car.default', 'round(NCV * CC, 4)', { NCV: self('NCVar_GJ_t'), CC: byCategory('CC') }, whenDefault),
    formula('Car.measured', carbonExpression, carbonInputs, whenMeasured),
  ]),
  computedFigure('CCimplied_tC_GJ', 'tC/GJ', 5, [
    formula(
      'CC.implied',
      'round(Car / NCV, 5)',
      { Car: self('Car_tC_t'), NCV: self('NCVar_GJ_t') },
      { when: [above(self('NCVar_GJ_t'), '0')] },
    ),
    zeroCase('CC.implied'),
  ]),
  computedFigure('OF_pct', '%', 0, [formula('OF.parameter', 'OF', { OF: parameter('OF') })]),
  computedFigure('emission_tCO2', 'tCO2', 2, [
    formula(
      'E.month.default',
      'round(FC * NCV * CC * OF / 100 * 44 / 12, 2)',
      {
        FC: self('coalConsumption_t'),
        NCV: self('NCVar_GJ_t'),
        CC: byCategory('CC'),
        OF: self('OF_pct'),
      },
      whenDefault,
    ),
    formula(
      'E.month.measured',
      'round(FC * Car * OF / 100 * 44 / 12, 2)',
      {
        FC: self('coalConsumption_t'),
        Car: self('Car_tC_t'),
        OF: self('OF_pct'),
      },
      { ...whenMeasured, basis: `${guideline} 式(2)` },
    ),
  ]),
  statedFigure('generation_MWh', 'MWh', 3),
  statedFigure('heatSupply_GJ', 'GJ', 2),
  statedFigure('operatingHours_h', 'h', 2),
  computedFigure('loadFactor_pct', '%', 2, [
    formula(
      'F.month',
      'round(W / (P * t) * 100, 2)',
      {
        W: self('generation_MWh'),
        P: content('capacity_MW', 'quality-control-plan'),
        t: self('operatingHours_h'),
      },
      { when: [above(self('operatingHours_h'), '0')] },
    ),
    zeroCase('F.month'),
  ]),
  statedFigure('onGrid_MWh', 'MWh', 3),
  statedFigure('purchasedPower_MWh', 'MWh', 3),
  computedFigure('grossEfficiency_pct', '%', 2, [
    formula(
      'eta.month',
      'round((W * 3.6 + Q) / (FC * NCV) * 100, 2)',
      {
        W: self('generation_MWh'),
        Q: self('heatSupply_GJ'),
        FC: self('coalConsumption_t'),
        NCV: self('NCVar_GJ_t'),
      },
      { when: [above(self('coalConsumption_t'), '0'), above(self('NCVar_GJ_t'), '0')] },
    ),
    zeroCase('eta.month'),
  ]),
  computedFigure('emissionPerMWh', 'tCO2/MWh', 4, [
    formula(
      'intensity.month',
      'round(E / W, 4)',
      { E: self('emission_tCO2'), W: self('generation_MWh') },
      { when: [above(self('generation_MWh'), '0')] },
    ),
    zeroCase('intensity.month'),
  ]),
];

const fromUnits = (figure: string) => cited('unit-evidence', figure);

/** Monthly evidence of the plant: its coal stock against what the feeders of all units weighed (R-L01). */
export const plantEvidence: readonly FigureSpec[] = [
  statedFigure('opening_t', 't', 2),
  statedFigure('purchased_t', 't', 2),
  statedFigure('closing_t', 't', 2),
  computedFigure('consumedByStock_t', 't', 2, [
    formula('stock.balance', 'opening + purchased - closing', {
      opening: self('opening_t'),
      purchased: self('purchased_t'),
      closing: self('closing_t'),
    }),
  ]),
  computedFigure('consumedByFeeder_t', 't', 2, [
    formula('stock.feeder', 'sum(FC)', { FC: fromUnits('coalConsumption_t') }),
  ]),
  computedFigure('imbalance_pct', '%', 2, [
    formula(
      'stock.imbalance',
      'round((stock - feeder) / feeder * 100, 2)',
      {
        stock: self('consumedByStock_t'),
        feeder: self('consumedByFeeder_t'),
      },
      { when: [above(self('consumedByFeeder_t'), '0')] },
    ),
    zeroCase('stock.imbalance'),
  ]),
];
