import { above, cited, computedFigure, content, formula, parameter, self } from './define';
import type { Binding, FigureSpec } from './spec';

const months = (figure: string): Binding => cited('monthly-evidence', figure);
const units = (figure: string): Binding => cited('unit-report', figure);
const fuel = { FC: months('coalConsumption_t'), NCV: months('NCVar_GJ_t') };
const burning = { when: [above(self('coalConsumption_t'), '0')] };
const generating = { when: [above(self('generation_MWh'), '0')] };
const running = { when: [above(self('operatingHours_h'), '0')] };
const idle = (id: string) => formula(`${id}.idle`, '0', {});

function yearSum(name: string, unit: string, decimals: number): FigureSpec {
  return computedFigure(name, unit, decimals, [formula(`${name}.year`, 'sum(x)', { x: months(name) })]);
}

/** Annual report of one unit: sums and coal-weighted means of its months (R-L15). */
export const unitReport: readonly FigureSpec[] = [
  yearSum('coalConsumption_t', 't', 2),
  computedFigure('NCVar_weighted_GJ_t', 'GJ/t', 3, [
    formula('NCV.year', 'round(wavg(NCV, FC), 3)', fuel, burning),
    idle('NCV.year'),
  ]),
  computedFigure('Car_weighted_tC_t', 'tC/t', 4, [
    formula(
      'Car.year',
      'round(wavg(Car, FC), 4)',
      { Car: months('Car_tC_t'), FC: months('coalConsumption_t') },
      burning,
    ),
    idle('Car.year'),
  ]),
  computedFigure('OF_pct', '%', 0, [formula('OF.parameter', 'OF', { OF: parameter('OF') })]),
  computedFigure('emissionSumOfMonths_tCO2', 'tCO2', 2, [
    formula('E.year.sum', 'sum(E)', { E: months('emission_tCO2') }),
  ]),
  computedFigure(
    'emission_tCO2',
    'tCO2',
    0,
    [
      formula(
        'E.year',
        'round(sum(E), 0)',
        { E: months('emission_tCO2') },
        { basis: 'sum of the twelve months, rounded half up to a tonne' },
      ),
    ],
    { visibility: 'public' },
  ),
  yearSum('generation_MWh', 'MWh', 3),
  yearSum('heatSupply_GJ', 'GJ', 2),
  yearSum('operatingHours_h', 'h', 2),
  computedFigure('loadFactor_pct', '%', 2, [
    formula(
      'F.year',
      'round(W / (P * t) * 100, 2)',
      {
        W: self('generation_MWh'),
        P: content('capacity_MW', 'quality-control-plan'),
        t: self('operatingHours_h'),
      },
      running,
    ),
    idle('F.year'),
  ]),
  yearSum('onGrid_MWh', 'MWh', 3),
  yearSum('purchasedPower_MWh', 'MWh', 3),
  computedFigure('indirectElectricity_tCO2_infoOnly', 'tCO2', 2, [
    formula('indirect.year', 'round(W * EF, 2)', { W: self('purchasedPower_MWh'), EF: parameter('gridFactor') }),
  ]),
  computedFigure(
    'grossEfficiency_pct',
    '%',
    2,
    [
      formula(
        'eta.year',
        'round((W * 3.6 + Q) / (wavg(NCV, FC) * sum(FC)) * 100, 2)',
        {
          W: self('generation_MWh'),
          Q: self('heatSupply_GJ'),
          ...fuel,
        },
        burning,
      ),
      idle('eta.year'),
    ],
    { tolerance: '0.01' },
  ),
  computedFigure(
    'grossCoalRate_gce_kWh_wholeFuel',
    'gce/kWh',
    2,
    [
      formula(
        'coal-rate.year',
        'round(wavg(NCV, FC) * sum(FC) / tce / W * 1000, 2)',
        {
          ...fuel,
          tce: parameter('GJ_per_tce'),
          W: self('generation_MWh'),
        },
        { when: [...burning.when, ...generating.when] },
      ),
      idle('coal-rate.year'),
    ],
    { tolerance: '0.01' },
  ),
  computedFigure(
    'emissionIntensity_tCO2_MWh',
    'tCO2/MWh',
    4,
    [
      formula('intensity.year', 'round(E / W, 4)', { E: self('emission_tCO2'), W: self('generation_MWh') }, generating),
      idle('intensity.year'),
    ],
    { tolerance: '0.0001' },
  ),
];

function plantSum(name: string, unit: string, decimals: number, visibility: 'public' | 'private'): FigureSpec {
  return computedFigure(name, unit, decimals, [formula(`${name}.plant`, 'sum(x)', { x: units(name) })], { visibility });
}

/** Annual report of the plant: sums over its units. */
export const plantReport: readonly FigureSpec[] = [
  plantSum('emission_tCO2', 'tCO2', 0, 'public'),
  plantSum('coalConsumption_t', 't', 2, 'private'),
  plantSum('generation_MWh', 'MWh', 3, 'private'),
  plantSum('heatSupply_GJ', 'GJ', 2, 'private'),
];
