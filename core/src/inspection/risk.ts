import { parseDecimal } from '../decimal';

/** What is known of a plant before its inspection. Every number can be counted again from the ledger. */
export interface RiskFacts {
  readonly uscc: string;
  /** Screening findings that block, and those that ask for an explanation, not explained. */
  readonly block: number;
  readonly warn: number;
  /** Unit-months, and those on default values: who never has one while others do is looked at sooner. */
  readonly months: number;
  readonly defaults: number;
  /** Findings and withdrawn reports of its laboratories. */
  readonly laboratory: number;
  /** Verified or reported emission of the year in tonnes, whole. */
  readonly emission: string;
}

export interface RiskTickets extends RiskFacts {
  /** 1 to 20: as many places in the draw. */
  readonly tickets: number;
}

const mostTickets = 20;
const millionTonnes = 1_000_000;

function ticketsOf({ block, warn, months, defaults, laboratory, emission }: RiskFacts, share: number): number {
  const never = months > 0 && defaults === 0 && share > 0 ? 1 : 0;
  const amount = Math.max(0, Math.min(5, parseDecimal(emission).div(millionTonnes).floor().toNumber()));
  const points =
    1 + Math.min(6, 2 * block) + Math.min(5, Math.floor(warn / 10)) + never + Math.min(2, laboratory) + amount;
  return Math.min(mostTickets, points);
}

/**
 * Tickets of each plant of a frame: 1, and 2 for each blocking finding (6 at most), 1 for each ten that ask for an
 * explanation (5), 1 for a year without a default value where others have some, 1 for each finding on its laboratory (2),
 * 1 for each million tonnes (5). Whole numbers, so that anybody comes to the same.
 */
export function riskTickets(plants: readonly RiskFacts[]): RiskTickets[] {
  const total = plants.reduce((sum, { months }) => sum + months, 0);
  const share = total === 0 ? 0 : plants.reduce((sum, { defaults }) => sum + defaults, 0) / total;
  return plants.map((plant) => ({ ...plant, tickets: ticketsOf(plant, share) }));
}
