import type { PartyContent, PartyKind } from '@carbon-ledger/core';
import { field, type PlantYear, type Section } from './model';
import type { PlantYearRules } from './evaluate';
import type { PlanLedger } from './plan';

/** A party that a plant-year file names, as it would be registered. */
export interface NamedParty {
  readonly uscc: string;
  readonly name: string;
  readonly kind: PartyKind;
  /** GB/T 2260, six digits. */
  readonly region: string;
  readonly identifiers?: Readonly<Record<string, string>>;
  readonly qualifications?: PartyContent['qualifications'];
}

/** A code names the place of registration in its characters 3 to 8 (GB 32100). */
export function regionOf(uscc: string): string {
  return uscc.slice(2, 8);
}

function named(section: Section, kind: PartyKind): NamedParty[] {
  const uscc = field(section, 'uscc');
  const name = field(section, 'name');
  return uscc === undefined || name === undefined ? [] : [{ uscc, name, kind, region: regionOf(uscc) }];
}

const identifierNames = ['permitNo', 'allowanceAccountId', 'ccerAccountId'];

function enterpriseOf(file: PlantYear): NamedParty[] {
  const pairs = identifierNames.flatMap((name) => {
    const value = field(file.enterprise, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const place = field(file.enterprise, 'city') ?? field(file.enterprise, 'province');
  return named(file.enterprise, 'enterprise').map((party) => ({
    ...party,
    region: place ?? party.region,
    identifiers: Object.fromEntries(pairs),
  }));
}

/** The certificate of a laboratory as a file states it; it covers what a coal sample is tested for. */
export function certificateOf(
  number: string | undefined,
  validTo: string | undefined,
): NonNullable<NamedParty['qualifications']> {
  const scope = ['C', 'Q', 'H', 'S', 'M'];
  return number === undefined ? [] : [{ kind: 'CMA', number, scope, validFrom: null, validTo: validTo ?? null }];
}

function labOf(file: PlantYear): NamedParty[] {
  const qualifications = certificateOf(field(file.lab, 'cmaNo'), field(file.lab, 'cmaValidTo'));
  return named(file.lab, 'lab').map((party) => ({ ...party, qualifications }));
}

/** Enterprise, lab, verifier and preparer of the file, each once. */
export function namedParties(file: PlantYear): NamedParty[] {
  return [
    ...enterpriseOf(file),
    ...labOf(file),
    ...named(file.verifier, 'verifier'),
    ...named(file.preparer, 'preparer'),
  ];
}

/**
 * A ledger that stands for none: for checks of a file that need no ledger. Its parties have no code, so nothing made with it
 * can be anchored.
 */
export function ownLedger({ methodology, parameters }: PlantYearRules): PlanLedger {
  return {
    methodologyKey: 'methodology',
    parametersKey: 'parameters',
    methodology,
    parameters,
    provinceAuthority: '',
    allowanceRegistry: '',
    ccerRegistry: '',
  };
}
