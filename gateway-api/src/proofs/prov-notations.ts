import type { Trace } from '@carbon-ledger/core';
import { PREFIXES, provStatements, type ProvStatement, type ProvValue } from './prov';

/** Names of the arguments of each statement in PROV-JSON (W3C member submission of 2013-04-24). */
const ARGUMENTS: Readonly<Record<ProvStatement['kind'], readonly string[]>> = {
  entity: [],
  activity: [],
  agent: [],
  used: ['prov:activity', 'prov:entity'],
  wasGeneratedBy: ['prov:entity', 'prov:activity'],
  wasAttributedTo: ['prov:entity', 'prov:agent'],
  wasDerivedFrom: ['prov:generatedEntity', 'prov:usedEntity'],
};

/** A trace as PROV-JSON. */
export function provJson(trace: Trace): object {
  const sections: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [at, statement] of provStatements(trace).entries()) {
    const { kind, terms } = statement;
    const isElement = ARGUMENTS[kind].length === 0;
    const id = isElement ? (terms[0] ?? '') : `_:r${String(at)}`;
    const section = (sections[kind] ??= {});
    section[id] = membersOf(statement);
  }
  return { prefix: PREFIXES, ...sections };
}

function membersOf({ kind, terms, time, attributes }: ProvStatement): Record<string, unknown> {
  return {
    ...Object.fromEntries(ARGUMENTS[kind].map((name, at) => [name, terms[at]])),
    ...(time === undefined ? {} : { 'prov:time': time }),
    ...Object.fromEntries(attributes.map(([name, value]) => [name, jsonValue(value)])),
  };
}

function jsonValue(value: ProvValue): unknown {
  return typeof value === 'object' ? { $: value.name, type: 'prov:QUALIFIED_NAME' } : value;
}

/** A trace as PROV-N (W3C recommendation of 2013-04-30). */
export function provN(trace: Trace): string {
  const prefixes = Object.entries(PREFIXES).map(([name, uri]) => `  prefix ${name} <${uri}>`);
  return ['document', ...prefixes, ...provStatements(trace).map(line), 'endDocument', ''].join('\n');
}

function line({ kind, terms, time, attributes }: ProvStatement): string {
  // A use may have a time behind its arguments, a generation has one; what is not known is a dash.
  const times = kind === 'wasGeneratedBy' || kind === 'used' ? [time ?? '-'] : [];
  const pairs = attributes.map(([name, value]) => `${name}=${valueText(value)}`);
  const list = pairs.length === 0 ? [] : [`[${pairs.join(', ')}]`];
  return `  ${kind}(${[...terms.map(escaped), ...times, ...list].join(', ')})`;
}

function valueText(value: ProvValue): string {
  if (typeof value === 'object') return `'${value.name}'`;
  if (typeof value === 'boolean') return `"${String(value)}" %% xsd:boolean`;
  return `"${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}

/** Marks that PROV-N itself uses stand in names behind a backslash; of ours, none but these occur. */
function escaped(name: string): string {
  const [prefix = '', ...rest] = name.split(':');
  return `${prefix}:${rest.join(':').replace(/[=':,;[\]]/g, '\\$&')}`;
}
