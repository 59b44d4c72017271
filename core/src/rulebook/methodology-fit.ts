import { z } from 'zod';
import { withArticle, type Fault } from '../errors';
import { lintMethodology, type LintReport } from '../methodology/lint';
import type { MethodologyFolder } from '../methodology/kit';
import type { LedgerRecord, RecordType } from '../records/record';
import { isRecordType } from './actions';
import { vectorFaults, type TableRules } from './methodology-vectors';
import { recordTypes } from './registry';
import type { CitationRule } from './spec';

const fault = (path: string, message: string): Fault => ({ path, code: 'BAD_METHODOLOGY', message });

const typeOf = (table: string): RecordType | undefined => {
  const [type = ''] = table.split(/[.@]/);
  return isRecordType(type) ? type : undefined;
};

/** What a record of the table may cite at all; of a type for which that follows from what it cites, of one that cites in these roles. */
function citationsOf(table: string, type: RecordType, roles: readonly string[] = []): readonly CitationRule[] {
  const [kind = type, level] = table.split('@');
  const record: LedgerRecord = {
    ...{ schema: 'carbon-ledger/record/v1', type, issuer: '', kind, version: 1, figuresRoot: null },
    subject: { uscc: '', unit: level === 'plant' ? 'PLANT' : '1', period: '2025' },
    cites: roles.map((role) => ({ role, key: '', record: '' })),
    ...{ documents: [], totals: {}, content: {} },
  };
  return recordTypes[type].cites(record);
}

/** The public fields of a type that takes no others. */
function closedFields(type: RecordType): readonly string[] | undefined {
  const { content } = recordTypes[type];
  if (!(content instanceof z.ZodObject) || !(content.def.catchall instanceof z.ZodNever)) return undefined;
  return Object.keys(content.shape);
}

type Profile = MethodologyFolder['profile'][string];

function roleFault(table: string, rules: readonly CitationRule[], role: string, of: string): string | undefined {
  const rule = rules.find((one) => one.role === role);
  if (!rule)
    return `${table} cites nothing in the role ${role}: its roles are ${rules.map((one) => one.role).join(', ')}`;
  const types = [rule.type].flat();
  const type = typeOf(of);
  if (type === undefined || types.includes('any') || types.some((one) => one === type)) return undefined;
  return `what ${table} cites in the role ${role} is ${types.map(withArticle).join(' or ')}, not ${withArticle(type)}`;
}

function profileFaults(table: string, { content, cites }: Profile, type: RecordType): Fault[] {
  const rules = citationsOf(table, type, Object.keys(cites));
  const closed = closedFields(type);
  const roles = Object.entries(cites).flatMap(([role, { of }]) => {
    const message = roleFault(table, rules, role, of);
    return message === undefined ? [] : [fault(`/profile/${table}/cites/${role}`, message)];
  });
  const fields = Object.keys(content)
    .filter((name) => closed?.includes(name) === false)
    .map((name) =>
      fault(`/profile/${table}/content/${name}`, `${type} takes no further facts, so ${name} cannot be stated`),
    );
  return [...roles, ...fields];
}

/** Figures are computed by a methodology where the record cites one. */
function tableFaults(table: string, type: RecordType): Fault[] {
  if (citationsOf(table, type).some(({ role }) => role === 'methodology')) return [];
  const message = `${type} rests on no methodology, so none of these figures would ever be computed or asked for; units of what it states stand in profile/${table}/units`;
  return [fault(`/methodology/figures/${table}`, message)];
}

function rulesOfTable(table: string): TableRules | undefined {
  const type = typeOf(table);
  if (type === undefined) return undefined;
  return { rules: (roles) => citationsOf(table, type, roles), content: recordTypes[type].content };
}

function ofTypes<Value>(tables: Readonly<Record<string, Value>>): [string, RecordType, Value][] {
  return Object.entries(tables).flatMap(([table, value]) => {
    const type = typeOf(table);
    return type === undefined ? [] : [[table, type, value] as [string, RecordType, Value]];
  });
}

/**
 * What is wrong with a methodology, held to the rulebook too: roles in which its records cite nothing, facts that a type does not
 * take, figures of records that rest on no methodology, vectors of what could not be filed. It could be tested and filed, and nobody could ever report by it.
 */
export function lintForLedger(folder: MethodologyFolder): LintReport {
  const report = lintMethodology(folder);
  const unfit = [
    ...ofTypes(folder.about.figures).flatMap(([table, type]) => tableFaults(table, type)),
    ...ofTypes(folder.profile).flatMap(([table, type, profile]) => profileFaults(table, profile, type)),
    ...vectorFaults(folder, rulesOfTable),
  ];
  return { ...report, faults: [...report.faults, ...unfit] };
}
