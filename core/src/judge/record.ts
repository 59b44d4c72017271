import { isLedgerError, type Fault, withArticle } from '../errors';
import { bucketOf, plainTextFault } from '../identifiers';
import { figureFaults } from '../methodology/recompute';
import { figureMap, type RecordScope } from '../methodology/scope';
import { businessKey, verifyFigures, type Figure, type LedgerRecord } from '../records';
import { citedOf, figureSpecsOf, parseContent, type RecordTypeSpec } from '../rulebook';
import { filingFaults } from '../rulebook/authority';
import { applyEffect, effectFaults } from '../rulebook/effects';
import type { Rulebook } from '../rulebook/editions';
import { everyUnitFaults, unitFaults } from '../rulebook/units';
import { OverlayView, type PartyState } from '../state';
import { withRefusalHelp } from './refusal-help';
import { judgeCitations } from './citations';
import type { TransactionFacts } from './authority';
import { effectInput } from './effects';
import type { CitedRecords } from './context';
import { headEntry } from './heads';
import { kindFault } from './kinds';
import { actionFaults, versionFault } from './lifecycle';
import { earlierVersionFaults } from './earlier-version';
import { saltFaults } from './salts';
import { aboutUnits, isPeriodOf, isUnitOf } from './subjects';
import { sourceFaults } from './sources';
import { partyFacts } from './party-facts';
import { yearTableFaults } from './year-tables';

export interface RecordInput {
  readonly record: LedgerRecord;
  readonly id: string;
  readonly figures: readonly Figure[];
}

export interface JudgeTools {
  readonly view: OverlayView;
  readonly context: CitedRecords;
  readonly tx: TransactionFacts;
  readonly filer: PartyState;
  readonly rulebook: Rulebook;
}

function shapeFaults(record: LedgerRecord, spec: RecordTypeSpec): Fault[] {
  const faults: Fault[] = [];
  const bad = (path: string, message: string): number => faults.push({ path, code: 'BAD_RECORD', message });
  if (!isUnitOf(spec, record.subject)) bad('/subject/unit', `${withArticle(record.type)} is about: ${spec.unit}`);
  if (!isPeriodOf(spec, record.subject))
    bad('/subject/period', `the period of ${withArticle(record.type)} is: ${spec.period}`);
  for (const [index, { name }] of record.documents.entries()) {
    const unseen = plainTextFault(name);
    if (unseen !== undefined) bad(`/documents/${String(index)}/name`, `the name of a document ${unseen}`);
  }
  const misnamed = kindFault(record, spec);
  if (misnamed !== undefined) bad('/kind', misnamed);
  return faults;
}

function contentFaults(record: LedgerRecord, rulebook: Rulebook): readonly Fault[] {
  try {
    parseContent(record, rulebook.types);
    return [];
  } catch (error) {
    if (isLedgerError(error)) return error.faults;
    throw error;
  }
}

function rootFaults(input: RecordInput): Fault[] {
  try {
    verifyFigures(input.record.figuresRoot, input.figures);
    return [];
  } catch (error) {
    if (isLedgerError(error)) return [{ path: '/figuresRoot', code: error.code, message: error.message }];
    throw error;
  }
}

async function authorityFaults(record: LedgerRecord, spec: RecordTypeSpec, tools: JudgeTools): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const isEngagedOnly = spec.filed.some(({ as }) => as === 'engaged');
  const engaged = isEngagedOnly ? await tools.view.get('engaged', `${uscc}/${period.slice(0, 4)}`) : undefined;
  const subject = await tools.view.get('party', uscc);
  const filing = filingFaults(record, spec.filed, { filer: tools.filer, subject, engaged });
  if (filing.length > 0 || !aboutUnits.has(spec.unit)) return filing;
  return unitFaults(record, await tools.view.get('units', uscc));
}

async function unitCitationFaults(record: LedgerRecord, spec: RecordTypeSpec, tools: JudgeTools): Promise<Fault[]> {
  const isCited = (name: string): boolean => record.cites.some(({ role }) => role === name);
  const rules = spec
    .cites(record)
    .filter(({ everyUnit, min, role }) => everyUnit === true && (min > 0 || isCited(role)));
  if (rules.length === 0) return [];
  const roster = await tools.view.get('units', record.subject.uscc);
  return rules.flatMap(({ role }) => {
    const cited = record.cites.filter((one) => one.role === role).map(({ key }) => key.split('/')[1] ?? '');
    return everyUnitFaults(record, cited, roster, role);
  });
}

/** Everything that hangs on the content: only looked at once shape and citations are right. */
async function contentRules(
  input: RecordInput,
  scope: RecordScope,
  spec: RecordTypeSpec,
  tools: JudgeTools,
): Promise<Fault[]> {
  const { record } = input;
  const { view, tx, filer, rulebook } = tools;
  const [methodology] = citedOf(scope, 'methodology', 'methodology');
  const root = rootFaults(input);
  const figures =
    root.length > 0 ? root : figureFaults(figureSpecsOf(record, methodology?.content, rulebook.types), scope);
  const id = input.id.slice(4);
  const facts = { record, id, content: record.content, time: tx.time };
  const issuer = partyFacts(record.issuer, filer);
  const own = [
    ...(spec.check?.({ ...facts, scope, issuer }) ?? []),
    ...((await spec.conditions?.({ ...facts, scope, issuer, state: view })) ?? []),
  ];
  const given = [...sourceFaults(record, input.figures), ...saltFaults(input, tools.context)];
  const taken = own.length > 0 ? [] : await takenFaults(input, spec, tools);
  return [...figures, ...own, ...given, ...taken];
}

async function takenFaults(
  input: RecordInput,
  spec: RecordTypeSpec,
  { view, tx, context }: JudgeTools,
): Promise<Fault[]> {
  const { record } = input;
  const at = { id: input.id, time: tx.time, records: (id: string) => context.record(id) };
  const source = { id: input.id.slice(4), key: businessKey(record), record, time: tx.time };
  const faults: Fault[] = [];
  // Each over those before it: two that are lawful one by one may not be so together.
  const scratch = new OverlayView(view);
  for (const effect of spec.effects?.(effectInput(record, at)) ?? []) {
    const own = await effectFaults(effect, scratch, source);
    if (own.length === 0) await applyEffect(effect, scratch, source);
    faults.push(...own);
  }
  return faults;
}

/** Judges one record. An empty list means that it may be anchored; then `applyRecord` tells what it changes. */
export async function judgeRecord(input: RecordInput, tools: JudgeTools): Promise<readonly Fault[]> {
  const faults = await recordFaults(input, tools);
  if (faults.length === 0 || tools.tx.isAudit === true) return faults;
  const { record } = input;
  const { view, rulebook } = tools;
  return withRefusalHelp(faults, { record, rules: rulebook.types[record.type].cites(record), view, rulebook });
}

async function recordFaults(input: RecordInput, tools: JudgeTools): Promise<readonly Fault[]> {
  const { record } = input;
  const { view, rulebook } = tools;
  const spec = rulebook.types[record.type];
  const form = [...shapeFaults(record, spec), ...contentFaults(record, rulebook)];
  const authority = await authorityFaults(record, spec, tools);
  if (form.length > 0 || authority.length > 0) return [...form, ...authority];
  const head = await view.head(bucketOf(record.subject), headEntry(record.subject, record.kind));
  const version = await versionFault(record, input.id, head, view, rulebook);
  if (version) return [version];
  const { faults, cited } = await judgeCitations(record, spec.cites(record), view, tools.context);
  if (faults.length > 0) return faults;
  const steps = [
    ...(await actionFaults(record, view, rulebook)),
    ...(await unitCitationFaults(record, spec, tools)),
    ...(await yearTableFaults(record, spec.cites(record), tools.tx.founder, view)),
  ];
  if (steps.length > 0) return steps;
  const earlier = earlierVersionFaults(record, head, tools.tx.time, tools.context);
  if (earlier.length > 0) return earlier;
  const scope = { id: input.id, key: businessKey(record), record, figures: figureMap(record, input.figures), cited };
  return contentRules(input, scope, spec, tools);
}
