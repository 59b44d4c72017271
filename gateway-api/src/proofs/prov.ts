import type { Mark, Trace, TraceNode } from '@carbon-ledger/core';

/** A qualified name as a value; else text or a truth. */
interface QualifiedName {
  readonly name: string;
}
export type ProvValue = string | boolean | QualifiedName;

/** One statement of PROV-DM. `terms` are its arguments in the order of PROV-N, the first of an element its own identifier. */
export interface ProvStatement {
  readonly kind: 'entity' | 'activity' | 'agent' | 'used' | 'wasGeneratedBy' | 'wasAttributedTo' | 'wasDerivedFrom';
  readonly terms: readonly string[];
  /** RFC 3339; of a generation. */
  readonly time?: string;
  readonly attributes: readonly (readonly [string, ProvValue])[];
}

export const PREFIXES: Readonly<Record<string, string>> = {
  cal: 'urn:carbon-audit-ledger:',
  usci: 'urn:uscc:',
};

/**
 * A trace in the words of W3C PROV-DM: figures and documents are entities, each recomputation is an activity that used its inputs,
 * parties are agents; a document is the primary source of the figures of its record, which is a kind of derivation.
 */
export function provStatements({ nodes, edges }: Trace): ProvStatement[] {
  const computed = new Set(nodes.filter(({ formula }) => formula !== undefined).map(({ figure }) => figure));
  const statements = nodes.flatMap(statementsOf);
  const uses = edges.map(({ from, to }): ProvStatement => {
    // What is stated and was not computed rests on its source without an activity between.
    if (!computed.has(to)) return { kind: 'wasDerivedFrom', terms: [figureId(to), figureId(from)], attributes: [] };
    return { kind: 'used', terms: [activityId(to), figureId(from)], attributes: [] };
  });
  return distinct([...statements, ...uses]);
}

function statementsOf(node: TraceNode): ProvStatement[] {
  const entity = figureId(node.figure);
  const agent = `usci:${node.party}`;
  return [
    { kind: 'entity', terms: [entity], attributes: attributesOf(node) },
    { kind: 'agent', terms: [agent], attributes: [['prov:type', { name: 'prov:Organization' }]] },
    { kind: 'wasAttributedTo', terms: [entity, agent], attributes: [] },
    ...computation(node, entity),
    ...node.documents.flatMap(({ name, sha256 }): ProvStatement[] => [
      {
        kind: 'entity',
        terms: [documentId(sha256)],
        attributes: [
          ['prov:label', name],
          ['cal:sha256', sha256],
        ],
      },
      {
        kind: 'wasDerivedFrom',
        terms: [entity, documentId(sha256)],
        attributes: [['prov:type', { name: 'prov:PrimarySource' }]],
      },
    ]),
  ];
}

const namesOf = (marks: readonly Mark[]): string => marks.map(({ mark }) => mark).join(' ');

function attributesOf({ figure, record, value, unit, marks = [] }: TraceNode): ProvStatement['attributes'] {
  const shown: ProvStatement['attributes'] =
    value === null
      ? [['cal:hidden', true]]
      : [
          ['prov:value', value],
          ['cal:unit', unit ?? ''],
        ];
  const marked: ProvStatement['attributes'] = marks.length === 0 ? [] : [['cal:marks', namesOf(marks)]];
  return [['prov:label', figure], ['cal:record', record], ...shown, ...marked];
}

function computation({ figure, formula, expression, anchoredAt }: TraceNode, entity: string): ProvStatement[] {
  if (formula === undefined) return [];
  const activity = activityId(figure);
  return [
    {
      kind: 'activity',
      terms: [activity],
      attributes: [
        ['prov:label', formula],
        ['cal:expression', expression ?? ''],
      ],
    },
    { kind: 'wasGeneratedBy', terms: [entity, activity], time: anchoredAt, attributes: [] },
  ];
}

/** Each once: a document stands behind several figures, a party behind many. */
function distinct(statements: readonly ProvStatement[]): ProvStatement[] {
  return [...new Map(statements.map((one) => [JSON.stringify([one.kind, one.terms]), one])).values()];
}

/** What stands in a name besides letters, digits, `-`, `_` and `.` is written as `%` and hex: so it is one name in every notation. */
function local(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function figureId(address: string): string {
  return `cal:figure/${local(address)}`;
}

function activityId(address: string): string {
  return `cal:computation/${local(address)}`;
}

function documentId(sha256: string): string {
  return `cal:document/${sha256.replace(':', '-')}`;
}
