import { recordTypeNames, type RecordType } from '@carbon-ledger/core';

/** A verb of daily work: `file` for a type, by the name that people give to what they do. */
interface Verb {
  readonly verb: string;
  readonly type: string;
  /** What its argument names, where it acts on a record. */
  readonly on?: string;
  readonly summary: string;
  readonly example: string;
}

/** One line a verb; those whose type this version does not know are not there. */
const verbs: readonly Verb[] = [
  {
    verb: 'review',
    type: 'review',
    on: 'the plan, evidence, report or registration that is reviewed',
    summary: 'accept, return or question what an enterprise filed',
    example:
      'carbon-ledger review 91140000MA0FAKE01X/U1/2024-03/monthly-evidence --set decision=accept --as 11140000MB0FAKE14J',
  },
  {
    verb: 'object',
    type: 'objection',
    on: 'the conclusion or issuance that is objected to',
    summary: 'apply for a decision about a conclusion or an issuance',
    example:
      'carbon-ledger object 91140000MA0FAKE01X/PLANT/2024/verification-conclusion --from grounds.yaml --as 91140000MA0FAKE01X',
  },
  {
    verb: 'offset',
    type: 'offset-application',
    summary: 'apply to offset emissions with CCER',
    example: 'carbon-ledger offset --period 2024 --from application.yaml --as 91140000MA0FAKE01X',
  },
  {
    verb: 'transfer',
    type: 'allowance-transfer',
    summary: 'book a transfer of allowances',
    example: 'carbon-ledger transfer --from transfer.yaml --as 91420000MA0FAKEHBA',
  },
  {
    verb: 'parties',
    type: 'party',
    summary: 'register a party, or a change of its keys',
    example: 'carbon-ledger parties --subject 91140000MA0FAKE01X --from party.yaml --as 11140000MB0FAKE14J',
  },
];

/** Steps of an inspection, below \`inspect\`. */
const inspectionTable: readonly Verb[] = [
  {
    verb: 'new',
    type: 'inspection',
    summary: 'plan a flight check under a sealed seed, or open it',
    example: 'carbon-ledger inspect new --from plan.json --period 2024 --label 1 --as 11140000MB0FAKE14J',
  },
  {
    verb: 'finding',
    type: 'finding',
    summary: 'file what was found, bound to what was anchored',
    example: 'carbon-ledger inspect finding --from finding.json --as 11140000MB0FAKE14J',
  },
  {
    verb: 'handover',
    type: 'handover',
    summary: 'hand findings over with task, responsible and day',
    example: 'carbon-ledger inspect handover --from handover.json --as 11140000MB0FAKE14J',
  },
  {
    verb: 'close',
    type: 'closure',
    summary: 'close an inspection once it was rectified',
    example: 'carbon-ledger inspect close --from closure.json --as 11140000MB0FAKE14J',
  },
];

export type KnownVerb = Verb & { readonly type: RecordType };

function isKnown(verb: Verb): verb is KnownVerb {
  return recordTypeNames.some((name) => name === verb.type);
}

export const knownVerbs: readonly KnownVerb[] = verbs.filter(isKnown);
export const inspectionVerbs: readonly KnownVerb[] = inspectionTable.filter(isKnown);
