import {
  formFields,
  recordTypes,
  shelvedMethodologies,
  shelvedRules,
  shelvedRuleSet,
  typeOfKind,
  type LedgerRecord,
  type Methodology,
  type RecordType,
} from '@carbon-ledger/core';
import { parseInput, type Input } from '../../core/src/screening/notation';

/** Figures of which a rule speaks and that no methodology that comes with the program has: an authority's own may. */
const ofOthers = ['acPower_kWh_t', 'dieselNCV_GJ_t', 'heavyOilNCV_GJ_t'];

const methodologies: readonly Methodology[] = shelvedMethodologies().flatMap(({ id, years }) =>
  years.map((year) => shelvedRules(id, year).methodology),
);

/** Figures of a record as its type shows it. */
const stated = (type: RecordType): string[] => {
  const record: LedgerRecord = {
    ...({ schema: 'carbon-ledger/record/v1', type, issuer: '', kind: type, version: 1 } as const),
    ...{ content: { ...(recordTypes[type].example as object) }, subject: { uscc: '', unit: '', period: '' } },
    ...{ cites: [], documents: [], totals: {}, figuresRoot: null },
  };
  return (recordTypes[type].figures?.(record) ?? []).map(({ name }) => name);
};

const figures = new Set([
  ...methodologies.flatMap((one) => Object.values(one.figures).flatMap((specs) => specs.map(({ name }) => name))),
  ...(Object.keys(recordTypes) as RecordType[]).flatMap(stated),
]);

/** Facts of a record that methodologies ask for beside the fields of its type. */
function factsOf(type: string): string[] {
  return methodologies.flatMap((one) =>
    Object.entries(one.profile ?? {}).flatMap(([table, { content }]) =>
      table.split('@')[0] === type ? Object.keys(content) : [],
    ),
  );
}

function hasField(type: string, name: string): boolean {
  if (!Object.hasOwn(recordTypes, type)) return false;
  const fields = formFields(type as RecordType).map((field) => field.name);
  return [...fields, ...factsOf(type)].includes(name.split('.')[0] ?? name);
}

function hasFigure(name: string): boolean {
  const stem = name.replace(/\.\*$/, '');
  const isOf = (one: string): boolean => one === name || one.startsWith(`${stem}.`) || matches(one, name);
  return ofOthers.includes(name) || [...figures].some(isOf);
}

/** `gas.FC.*` stands for every fuel. */
function matches(spec: string, name: string): boolean {
  return spec.endsWith('.*') && name.startsWith(spec.slice(0, -1));
}

/** Of whose record a relation reads, where that is not the record that is looked at. */
const parties: readonly string[] = ['issuer', 'party'];

function typeOf(input: Extract<Input, { from: 'record' }>, each: string): string {
  if (parties.includes(input.relation)) return 'party';
  return typeOfKind(input.kind ?? each);
}

type Check = ReturnType<typeof shelvedRuleSet>['rules'][number]['checks'][number];

/** Every address that a check reads: its inputs, its conditions, what its predicate compares. */
function addresses(check: Check): string[] {
  const { only = [], when = [], needs = [] } = check;
  const conditions = [...only, ...when, ...needs].map((one) => one.split(' ')[0] ?? '');
  const read = 'predicate' in check ? Object.values(check.with).flat() : Object.values(check.inputs);
  const told = read.map((one) => (typeof one === 'object' && 'from' in one ? one.from : one)).map(String);
  return [...conditions, ...told].filter((one) => /[#/]/.test(one));
}

function lacking(check: Check): string[] {
  const each = check.each.replace(/@.*$/, '').replace(/\.\*$/, '');
  return addresses(check).filter((address) => {
    const input = parseInput(address);
    if (input.from !== 'record' || input.mark === '@') return false;
    return input.mark === '#' ? !hasFigure(input.name) : !hasField(typeOf(input, each), input.name);
  });
}

describe('the rule set that comes with the program', () => {
  it('reads nothing that no record on a ledger can hold: such a rule would never run, or speak of everybody', () => {
    const dead = shelvedRuleSet().rules.flatMap(({ id, checks }) =>
      checks.flatMap((check) => lacking(check).map((address) => `${id} ${address}`)),
    );
    expect(dead).toEqual([]);
  });
});
