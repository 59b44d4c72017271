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

/** Names of figures by the type of record that can have them. */
const figures = new Map<string, Set<string>>();

function addFigures(type: string, names: readonly string[]): void {
  figures.set(type, new Set([...(figures.get(type) ?? []), ...names]));
}

for (const one of methodologies)
  for (const [table, specs] of Object.entries(one.figures))
    addFigures(
      table.split(/[.@]/)[0] ?? '',
      specs.map(({ name }) => name),
    );
for (const type of Object.keys(recordTypes) as RecordType[]) addFigures(type, stated(type));

/** Of a role that is no type's name, every figure there is. */
function figuresOf(type: string): readonly string[] {
  const all = Object.hasOwn(recordTypes, type) ? [figures.get(type) ?? []] : [...figures.values()];
  return all.flatMap((names) => [...names]);
}

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

function hasFigure(type: string, name: string): boolean {
  const stem = name.replace(/\.\*$/, '');
  return figuresOf(type).some((one) => one === name || one.startsWith(`${stem}.`) || matches(one, name));
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
function addressesAndKeys(check: Check): string[] {
  const { only = [], when = [], needs = [] } = check;
  const conditions = [...only, ...when, ...needs].map((one) => one.split(' ')[0] ?? '');
  const read = 'predicate' in check ? Object.values(check.with).flat() : Object.values(check.inputs);
  const told = read.map((one) => (typeof one === 'object' && 'from' in one ? one.from : one)).map(String);
  return [...conditions, ...told].filter((one) => /[#/@]/.test(one));
}

function addresses(check: Check): string[] {
  return addressesAndKeys(check).filter((one) => /[#/]/.test(one));
}

/** Figures that a predicate recomputes, by their bare names. */
function recomputed(check: Check): readonly string[] {
  if (!('predicate' in check) || check.predicate !== 'recomputed') return [];
  return [check.with['figures'] ?? []].flat();
}

function lacking(check: Check): string[] {
  const each = check.each.replace(/@.*$/, '').replace(/\.\*$/, '');
  const bare = recomputed(check).filter((name) => !hasFigure(typeOfKind(each), name));
  return [...bare, ...lackingAddresses(check, each)];
}

function lackingAddresses(check: Check, each: string): string[] {
  return addresses(check).filter((address) => {
    const input = parseInput(address);
    if (input.from !== 'record' || input.mark === '@') return false;
    const type = typeOf(input, each);
    return input.mark === '#' ? !hasFigure(type, input.name) : !hasField(type, input.name);
  });
}

type Spec = (typeof recordTypes)[RecordType];

function isLabel({ labels, number }: Spec, label: string | undefined): boolean {
  if (number === true) return /^[1-9][0-9]*$/.test(label ?? '');
  if (label === undefined) return labels?.required !== true;
  return labels?.names === 'any' || labels?.names.includes(label) === true;
}

/** Why no record can be of a kind: `handover` where they are numbered, a label that nobody may give. */
function kindFault(kind: string): string | undefined {
  const [type = '', label] = kind.split('.');
  if (!Object.hasOwn(recordTypes, type)) return `${type} is no type of record`;
  if (label === '*' || isLabel(recordTypes[type as RecordType], label)) return undefined;
  return `no record is of kind ${kind}`;
}

/** What a role stands for, else the kind itself. */
function isRole(kind: string): boolean {
  return !Object.hasOwn(recordTypes, typeOfKind(kind));
}

/** Kinds that a check looks at or reads from, where nothing tells that they are roles. */
function kindsOf(check: Check): string[] {
  const read = addressesAndKeys(check).flatMap((address) => {
    const input = parseInput(address);
    return input.from === 'record' && input.kind !== undefined && !isRole(input.kind) ? [input.kind] : [];
  });
  return [check.each.replace(/@.*$/, ''), ...read];
}

const levels: Readonly<Record<string, readonly string[]>> = {
  unit: ['unit', 'any'],
  plant: ['plant', 'any'],
  'unit-or-plant': ['unit', 'plant', 'any'],
  none: ['none', 'any'],
  any: ['unit', 'plant', 'none', 'any'],
};

function levelFault({ each }: Check): string[] {
  const [kind = '', level = 'any'] = each.split('@');
  const { unit } = recordTypes[typeOfKind(kind.replace('.*', '')) as RecordType];
  return levels[unit]?.includes(level) === true ? [] : [`${each}: a record of this type is of ${unit}`];
}

describe('the rule set that comes with the program', () => {
  it('reads nothing that no record on a ledger can hold: such a rule would never run, or speak of everybody', () => {
    const dead = shelvedRuleSet().rules.flatMap(({ id, checks }) =>
      checks.flatMap((check) => lacking(check).map((address) => `${id} ${address}`)),
    );
    expect(dead).toEqual([]);
  });

  it('looks at and reads from no kind that no record can have', () => {
    const dead = shelvedRuleSet().rules.flatMap(({ id, checks }) =>
      checks.flatMap((check) =>
        [...kindsOf(check).flatMap((kind) => kindFault(kind) ?? []), ...levelFault(check)].map((one) => `${id} ${one}`),
      ),
    );
    expect(dead).toEqual([]);
  });
});
