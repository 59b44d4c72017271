import { trialCcerRegistry, trialSigner } from '@carbon-ledger/plant-year/trial';
import type { BuiltRecord } from '@carbon-ledger/core';
import { ComplianceYear } from './compliance';
import { brokenInvariants } from './invariants';
import type { Market } from './market';
import type { Fate, Filing, PeerPort } from './port';

/** Races that are run until one has both of its transactions in one block; they nearly always have. */
const MOST_RACES = 20;

function filing(market: Market, record: BuiltRecord): Filing {
  const ids = new Set(record.record.cites.map((cited) => cited.record));
  const cited = market.held.records.map(({ built }) => built).filter(({ id }) => ids.has(id));
  return { records: [record], cited, signer: trialSigner(trialCcerRegistry.uscc) };
}

/** Of two freezes of ranges that share a number, endorsed on one state, exactly one counts; the other is refused from then on. */
async function race(port: PeerPort, market: Market, rivals: readonly BuiltRecord[]): Promise<readonly Fate[]> {
  const fates = await port.race(rivals.map((rival) => filing(market, rival)));
  expect(fates.map(({ validation }) => validation === 'VALID').sort()).toEqual([false, true]);
  const winner = rivals.filter((_, index) => fates[index]?.validation === 'VALID');
  const loser = rivals.filter((_, index) => fates[index]?.validation !== 'VALID');
  await market.share(winner);
  expect(await brokenInvariants(market.held)).toEqual([]);
  expect(await market.refused(...loser)).toEqual([expect.stringMatching(/^SERIAL_OVERLAP /)]);
  return fates;
}

/** Two overlapping serial ranges in one block: exactly one wins, whichever the orderer puts first. */
export async function overlapRace(port: PeerPort, market: Market): Promise<void> {
  const year = await ComplianceYear.verified(market, { 'offset.freeze': '1' });
  const lot = year.lot(90_000);
  await market.file(lot);
  for (let round = 0; round < MOST_RACES; round += 1) {
    const first = round * 1000 + 1;
    const [one, other] = await race(port, market, [
      year.freeze(lot, `a${String(round)}`, first, first + 500),
      year.freeze(lot, `b${String(round)}`, first + 500, first + 999),
    ]);
    if (one?.block === other?.block) return;
  }
  throw new Error('no two transactions came into one block');
}
