import { certificateOf, type NamedParty, regionOf } from '../parties';
import type { SectorYear } from './sector-year';

/** Enterprise, laboratory and verifier of the file. */
export function sectorParties({ enterprise, lab, verifier }: SectorYear): NamedParty[] {
  const { uscc, name, region } = enterprise;
  return [
    { uscc, name, region, kind: 'enterprise' },
    ...[lab ?? []].flat().map(({ cmaNo, cmaValidTo, ...party }) => ({
      ...{ ...party, kind: 'lab' as const, region: regionOf(party.uscc) },
      qualifications: certificateOf(cmaNo, cmaValidTo),
    })),
    ...[verifier ?? []].flat().map((party) => ({
      ...{ uscc: party.uscc, name: party.name, kind: 'verifier' as const },
      region: regionOf(party.uscc),
    })),
  ];
}
