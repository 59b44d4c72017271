import {
  businessKey,
  screenBook,
  shelvedScreening,
  type Book,
  type BookRecord,
  type BrokenFigure,
  type CompiledRules,
  type Finding,
} from '@carbon-ledger/core';
import { chainOf, type ChainNode } from './breaks';
import { evaluablesOf } from './evaluables';
import { evaluateYear, type EvaluatedRecord, type EvaluatedYear, type PlantYearRules } from './evaluate';
import { anchoredFigures, citesOf, type AnchoredState } from './evaluate-anchored';
import { assertIdentified } from './identified';
import { field, type PlantYear } from './model';
import { ownLedger } from './parties';
import type { PlanRecord } from './plan';
import { planPlantYear } from './plan-year';
import { UnreadFigures } from './unread';

/** All that a rule may look at: the file, its chain of figures, and what is anchored of it. */
export interface ScreeningInput {
  readonly file: PlantYear;
  readonly plan: readonly PlanRecord[];
  readonly year: EvaluatedYear;
  readonly chain: readonly ChainNode[];
  readonly anchored: readonly AnchoredState[];
  readonly unread: UnreadFigures;
  /** Methodology and parameters of the year, under the keys that the plan cites. */
  readonly rules: readonly BookRecord[];
}

function plannedRecord({ scope: { key, record, figures } }: EvaluatedRecord, plan: PlanRecord | undefined): BookRecord {
  const { type, kind, issuer, subject, version, content, documents } = record;
  const values = new Map([...figures].map(([name, { value }]) => [name, value]));
  return { key, type, kind, issuer, subject, version, content, documents, figures: values, cites: plan?.cites ?? {} };
}

export function anchoredRecord(state: AnchoredState): BookRecord {
  const { type, kind, issuer, subject, version, content, documents } = state.record;
  const key = businessKey(state.record);
  const [figures, cites] = [anchoredFigures(state), citesOf(state.record)];
  return { key, type, kind, issuer, subject, version, content, documents, figures, cites };
}

function brokenFigures(chain: readonly ChainNode[]): BrokenFigure[] {
  return chain.flatMap(({ address, inputs, broken }) => {
    if (!broken) return [];
    const [key = '', figure = ''] = address.split('#');
    return [{ address, kind: key.split('/')[3] ?? '', figure, inputs, expected: broken.expected, got: broken.got }];
  });
}

/** A file as screening sees it, beside what the ledger has under the same keys. */
function bookOfFile({ file, plan, year, chain, anchored, unread, rules }: ScreeningInput): Book {
  const planned = new Map(plan.map((record) => [record.key, record]));
  return {
    uscc: field(file.enterprise, 'uscc') ?? '',
    records: [...[...year].map(([key, record]) => plannedRecord(record, planned.get(key))), ...rules],
    anchored: anchored.map(anchoredRecord),
    broken: () => brokenFigures(chain),
    isUnread: (address) => unread.has(address),
  };
}

/** The rules of a year as a ledger would have them: the sector is the unit part of the key. */
function yearRules(year: string, rules: PlantYearRules): readonly [BookRecord, BookRecord] {
  const made = (kind: string, content: object): BookRecord => {
    const subject = { uscc: '-', unit: 'POWER', period: year };
    const blank = { issuer: '-', version: 1, figures: new Map<string, string>(), cites: {}, documents: [] };
    return { key: `-/POWER/${year}/${kind}`, type: kind, kind, subject, content: { ...content }, ...blank };
  };
  return [made('methodology', rules.methodology), made('parameter', rules.parameters)];
}

/**
 * A file as its own people can screen it before anything is filed, without any ledger: what the file alone shows.
 * @throws LedgerError BAD_FILE where the file does not say whose it is
 */
export function bookOfPlantYear(file: PlantYear, rules: PlantYearRules): Book {
  assertIdentified(file);
  const plan = planPlantYear(file, ownLedger(rules));
  const year = evaluateYear(evaluablesOf(plan), rules);
  const unread = new UnreadFigures(plan, file, year);
  const [methodology, parameters] = yearRules(file.year, rules);
  const cites = { methodology: [methodology.key], parameters: [parameters.key] };
  const cited = plan.map((record) => ({
    ...record,
    cites: { ...record.cites, ...('methodology' in record.cites ? cites : {}) },
  }));
  const shared = { file, plan: cited, year, chain: chainOf(year, unread), anchored: [], unread };
  return bookOfFile({ ...shared, rules: [methodology, parameters] });
}

/** Runs every rule over a plant-year. A finding is a question to the plant, not a verdict: see the rule's severity. */
export function screenPlantYear(input: ScreeningInput, rules: CompiledRules = shelvedScreening()): Finding[] {
  return [...screenBook(rules, bookOfFile(input)).findings];
}
