import {
  below,
  byCategory,
  cited,
  computedFigure,
  content,
  formula,
  isIn,
  parameter,
  self,
  statedFigure,
} from './define';
import type { Binding, FigureSpec } from './spec';

const plan = '2023、2024年度全国碳排放权交易发电行业配额总量和分配方案';
const shown = { visibility: 'public' } as const;
const report = (figure: string): Binding => cited('annual-report', figure);
const verified = cited('verification-conclusion', 'verifiedEmission_tCO2');
const category = content('category', 'quality-control-plan');

function copied(name: string, unit: string, decimals: number, id: string, from: Binding): FigureSpec {
  return computedFigure(name, unit, decimals, [formula(id, 'x', { x: from })], shown);
}

/** What a verifier confirms. A changed result is stated, with its reason in the record. */
export const conclusion: readonly FigureSpec[] = [
  statedFigure(
    'verifiedEmission_tCO2',
    'tCO2',
    0,
    [formula('E.verified', 'E', { E: report('emission_tCO2') }, { when: [isIn(content('result'), 'confirmed')] })],
    shown,
  ),
];

export const unitPreAllocation: readonly FigureSpec[] = [
  statedFigure('verified2023_tCO2', 'tCO2', 0, [], shown),
  computedFigure(
    'preallocation_tCO2',
    'tCO2',
    0,
    [
      formula(
        'A.pre',
        'floor(rate * E)',
        { rate: parameter('preallocationRate'), E: self('verified2023_tCO2') },
        { basis: plan },
      ),
    ],
    shown,
  ),
];

const unitSum = (name: string, id: string, of: string): FigureSpec =>
  computedFigure(name, 'tCO2', 0, [formula(id, 'sum(x)', { x: cited('unit-issuance', of) })], shown);

export const plantPreAllocation: readonly FigureSpec[] = [
  unitSum('verified2023_tCO2', 'E2023.plant', 'verified2023_tCO2'),
  unitSum('preallocation_tCO2', 'A.pre.plant', 'preallocation_tCO2'),
];

export const unitIssuance: readonly FigureSpec[] = [
  copied('Be', 'tCO2/MWh', 4, 'Be.parameter', byCategory('Be')),
  copied('Bh', 'tCO2/GJ', 4, 'Bh.parameter', byCategory('Bh')),
  copied('F_pct', '%', 2, 'F.reported', report('loadFactor_pct')),
  computedFigure(
    'Ff',
    '1',
    6,
    [
      // Only conventional coal units, and only below 65 %.
      formula(
        'Ff.peaking',
        'round(pow(1.015, 16 - 20 * F / 100), 6)',
        { F: self('F_pct') },
        {
          when: [isIn(category, 'I', 'II'), below(self('F_pct'), '65')],
          basis: plan,
        },
      ),
      formula('Ff.none', '1', {}),
    ],
    shown,
  ),
  computedFigure(
    'Ae_tCO2',
    'tCO2',
    0,
    [
      formula(
        'A.electricity',
        'floor(Qe * Be * Ff)',
        { Qe: report('generation_MWh'), Be: self('Be'), Ff: self('Ff') },
        { basis: plan },
      ),
    ],
    shown,
  ),
  computedFigure(
    'Ah_tCO2',
    'tCO2',
    0,
    [formula('A.heat', 'floor(Qh * Bh)', { Qh: report('heatSupply_GJ'), Bh: self('Bh') }, { basis: plan })],
    shown,
  ),
  computedFigure(
    'A_tCO2',
    'tCO2',
    0,
    [
      // Gas units are topped up to their verified emissions.
      formula(
        'A.gas',
        'max(Ae + Ah, E)',
        { Ae: self('Ae_tCO2'), Ah: self('Ah_tCO2'), E: verified },
        { when: [isIn(category, 'IV')], basis: plan },
      ),
      formula('A.coal', 'Ae + Ah', { Ae: self('Ae_tCO2'), Ah: self('Ah_tCO2') }, { basis: plan }),
    ],
    shown,
  ),
  copied('preallocation_tCO2', 'tCO2', 0, 'A.pre.issued', cited('pre-issuance', 'preallocation_tCO2')),
  computedFigure(
    'trueUp_tCO2',
    'tCO2',
    0,
    [
      formula(
        'A.true-up',
        'A - pre',
        { A: self('A_tCO2'), pre: self('preallocation_tCO2') },
        { basis: `${plan} 多退少补` },
      ),
    ],
    shown,
  ),
  computedFigure(
    'surplusOrGap_tCO2',
    'tCO2',
    0,
    [formula('A.surplus', 'A - E', { A: self('A_tCO2'), E: verified })],
    shown,
  ),
];

export const plantIssuance: readonly FigureSpec[] = [
  copied('verifiedEmission_tCO2', 'tCO2', 0, 'E.verified.plant', verified),
  unitSum('A_tCO2', 'A.plant', 'A_tCO2'),
  computedFigure(
    'gapCapRelief_tCO2',
    'tCO2',
    0,
    [
      // The gap of an enterprise is capped: topped up to 80 % of its verified emissions.
      formula(
        'A.gap-cap',
        'max(0, floor(share * E) - A)',
        {
          share: parameter('gapCapShare'),
          E: self('verifiedEmission_tCO2'),
          A: self('A_tCO2'),
        },
        { basis: plan },
      ),
    ],
    shown,
  ),
  computedFigure(
    'allowance_tCO2',
    'tCO2',
    0,
    [formula('A.enterprise', 'A + relief', { A: self('A_tCO2'), relief: self('gapCapRelief_tCO2') })],
    shown,
  ),
  copied('preallocation_tCO2', 'tCO2', 0, 'A.pre.issued', cited('pre-issuance', 'preallocation_tCO2')),
  computedFigure(
    'trueUp_tCO2',
    'tCO2',
    0,
    [formula('A.true-up.plant', 'A - pre', { A: self('allowance_tCO2'), pre: self('preallocation_tCO2') })],
    shown,
  ),
  computedFigure(
    'gap_tCO2',
    'tCO2',
    0,
    [formula('gap', 'E - A', { E: self('verifiedEmission_tCO2'), A: self('allowance_tCO2') })],
    shown,
  ),
  computedFigure(
    'gapRate_pct',
    '%',
    2,
    [
      formula(
        'gap.rate',
        'round(gap / E * 100, 2)',
        { gap: self('gap_tCO2'), E: self('verifiedEmission_tCO2') },
        {
          when: [{ of: self('verifiedEmission_tCO2'), op: 'gt', value: '0' }],
          basis: plan,
        },
      ),
      formula('gap.rate.idle', '0', {}),
    ],
    shown,
  ),
];

const cancellations = cited('ccer-cancellation', 'ccerQty_tCO2');

export const surrender: readonly FigureSpec[] = [
  copied('verifiedEmission_tCO2', 'tCO2', 0, 'E.verified.plant', verified),
  copied('allowance_tCO2', 'tCO2', 0, 'A.issued', cited('allowance-issuance', 'allowance_tCO2')),
  computedFigure(
    'ccerCap_tCO2',
    'tCO2',
    0,
    [
      formula(
        'ccer.cap',
        'floor(rate * E)',
        { rate: parameter('ccerCapRate'), E: self('verifiedEmission_tCO2') },
        {
          basis: '碳排放权交易管理办法（试行）第二十九条',
        },
      ),
    ],
    shown,
  ),
  computedFigure(
    'ccerUsed_tCO2',
    'tCO2',
    0,
    [
      formula('ccer.used', 'sum(q)', { q: cancellations }, { when: [{ cited: 'ccer-cancellation', is: true }] }),
      formula('ccer.used.none', '0', {}),
    ],
    shown,
  ),
  computedFigure(
    'ccerShare_pct',
    '%',
    2,
    [
      formula(
        'ccer.share',
        'round(used / E * 100, 2)',
        { used: self('ccerUsed_tCO2'), E: self('verifiedEmission_tCO2') },
        {
          when: [{ of: self('verifiedEmission_tCO2'), op: 'gt', value: '0' }],
        },
      ),
      formula('ccer.share.idle', '0', {}),
    ],
    shown,
  ),
  computedFigure(
    'allowancesToSurrender_tCO2',
    'tCO2',
    0,
    [formula('surrender.due', 'E - used', { E: self('verifiedEmission_tCO2'), used: self('ccerUsed_tCO2') })],
    shown,
  ),
  computedFigure(
    'allowancesToBuy_tCO2',
    'tCO2',
    0,
    [
      formula('surrender.buy', 'max(0, due - A)', {
        due: self('allowancesToSurrender_tCO2'),
        A: self('allowance_tCO2'),
      }),
    ],
    shown,
  ),
];
