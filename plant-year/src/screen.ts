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
import type { ChainNode } from './breaks';
import type { EvaluatedRecord, EvaluatedYear } from './evaluate';
import { anchoredFigures, citesOf, type AnchoredState } from './evaluate-anchored';
import { field, type PlantYear } from './model';
import type { PlanRecord } from './plan';
import type { UnreadFigures } from './unread';

/** All that a rule may look at: the file, its chain of figures, and what is anchored of it. */
export interface ScreeningInput {
  readonly file: PlantYear;
  readonly plan: readonly PlanRecord[];
  readonly year: EvaluatedYear;
  readonly chain: readonly ChainNode[];
  readonly anchored: readonly AnchoredState[];
  readonly unread: UnreadFigures;
}

function plannedRecord({ scope: { key, record, figures } }: EvaluatedRecord, plan: PlanRecord | undefined): BookRecord {
  const { type, kind, issuer, subject, version, content, documents } = record;
  const values = new Map([...figures].map(([name, { value }]) => [name, value]));
  return { key, type, kind, issuer, subject, version, content, documents, figures: values, cites: plan?.cites ?? {} };
}

function anchoredRecord(state: AnchoredState): BookRecord {
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
export function bookOfFile({ file, plan, year, chain, anchored, unread }: ScreeningInput): Book {
  const planned = new Map(plan.map((record) => [record.key, record]));
  return {
    uscc: field(file.enterprise, 'uscc') ?? '',
    records: [...year].map(([key, record]) => plannedRecord(record, planned.get(key))),
    anchored: anchored.map(anchoredRecord),
    broken: () => brokenFigures(chain),
    isUnread: (address) => unread.has(address),
  };
}

/** Runs every rule over a plant-year. A finding is a question to the plant, not a verdict: see the rule's severity. */
export function screenPlantYear(input: ScreeningInput, rules: CompiledRules = shelvedScreening()): Finding[] {
  return [...screenBook(rules, bookOfFile(input)).findings];
}
