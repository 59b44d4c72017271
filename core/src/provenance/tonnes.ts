import { parseDecimal } from '../decimal';
import type { AccountName } from './names';
import type { AccountChange } from './accounts';
import type { ImpactedFigure } from './scenario';

/** Figures of the plant in which a year comes to tonnes; of several records the last in the list says it. */
const summed = {
  emission_tCO2: ['annual-report'],
  preallocation_tCO2: ['allowance-issuance.pre'],
  allowance_tCO2: ['allowance-issuance.adjustment', 'allowance-issuance'],
  gap_tCO2: ['allowance-issuance.adjustment', 'allowance-issuance'],
  allowancesToBuy_tCO2: ['surrender'],
} as const;
export type TonnesName = keyof typeof summed;
export const tonnesNames = Object.keys(summed) as [TonnesName, ...TonnesName[]];

/** Change of the plants' figures in tonnes; null where one could no longer be computed. */
export type Tonnes = Readonly<Record<TonnesName, string | null>>;

/** What changes of a figure of plants: that of the adjustment where there is one, for it takes the place of what it adjusts. */
function changesOf(figures: readonly ImpactedFigure[], name: TonnesName): readonly ImpactedFigure[] {
  const byPlant = new Map<string, ImpactedFigure>();
  for (const kind of [...summed[name]].reverse())
    for (const one of figures) {
      const found = /^([^/]+)\/PLANT\/([0-9]{4})\/(.+)#(.+)$/.exec(one.figure);
      if (found?.[3] === kind && found[4] === name) byPlant.set(`${found[1] ?? ''}/${found[2] ?? ''}`, one);
    }
  return [...byPlant.values()];
}

function sumOf(figures: readonly ImpactedFigure[]): string | null {
  if (figures.some(({ delta }) => delta === null)) return null;
  return figures.reduce((total, { delta }) => total.plus(delta ?? '0'), parseDecimal('0')).toFixed();
}

/** Where figures are closed to who asks. */
export const tonnesUnknown = Object.fromEntries(tonnesNames.map((name) => [name, null])) as Tonnes;

export function tonnesOf(figures: readonly ImpactedFigure[]): Tonnes {
  return Object.fromEntries(tonnesNames.map((name) => [name, sumOf(changesOf(figures, name))])) as Tonnes;
}

export interface Money {
  /** CNY a tonne. */
  readonly price: string;
  /** The tonnes that are priced: those to be bought; before a surrender, the gap; where no figure changes, accounts. */
  readonly of: 'allowancesToBuy_tCO2' | 'gap_tCO2' | 'accounts';
  /** What all together would have to pay more, or less; null where it cannot be computed. */
  readonly change_CNY: string | null;
  /** The same of each party whose accounts change; what one loses in a transfer another has more. */
  readonly parties: readonly { readonly party: string; readonly change_CNY: string }[];
}

function changeOf(accounts: readonly AccountChange[], party: string, account: AccountName): bigint {
  const own = accounts.filter((one) => one.party === party && one.account === account);
  return own.reduce((sum, { change_t }) => sum + BigInt(change_t ?? '0'), 0n);
}

/** Allowances that a party would have to get: those that it would not hold, and those that an offset stood in for. */
function lackOf(accounts: readonly AccountChange[], party: string): bigint {
  const [cancelled, booked] = [changeOf(accounts, party, 'ccerCancelled'), changeOf(accounts, party, 'ccerBooked')];
  // What was cancelled was booked, or would have been: one tonne is lost once.
  return -changeOf(accounts, party, 'held') - (cancelled < booked ? cancelled : booked);
}

const priced = (tonnes: string, price: string): string => parseDecimal(tonnes).times(price).toFixed();

/** @param price CNY a tonne, as decimal text */
export function moneyOf(tonnes: Tonnes, accounts: readonly AccountChange[], price: string): Money {
  const lacking = [...new Set(accounts.map(({ party }) => party))]
    .map((party) => ({ party, lack: lackOf(accounts, party) }))
    .filter(({ lack }) => lack !== 0n);
  const parties = lacking.map(({ party, lack }) => ({ party, change_CNY: priced(lack.toString(), price) }));
  const of = (['allowancesToBuy_tCO2', 'gap_tCO2'] as const).find((name) => tonnes[name] !== '0');
  if (of === undefined && lacking.length > 0) {
    const all = lacking.reduce((sum, { lack }) => sum + lack, 0n).toString();
    return { price, of: 'accounts', change_CNY: priced(all, price), parties };
  }
  const change = tonnes[of ?? 'gap_tCO2'];
  return { price, of: of ?? 'gap_tCO2', change_CNY: change === null ? null : priced(change, price), parties };
}
