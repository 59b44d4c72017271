import type { Fault } from '../errors';
import { isLedgerError } from '../errors';
import { bucketOf, parseSerialRange } from '../identifiers';
import { figureFaults } from '../methodology/recompute';
import { figureMap, type RecordScope } from '../methodology/scope';
import type { Methodology } from '../methodology/spec';
import {
  businessKey,
  figureSpecsOf,
  parseContent,
  recordTypes,
  verifyFigures,
  type Figure,
  type LedgerRecord,
  type RecordTypeSpec,
} from '../records';
import { filingFaults, type TransactionFacts } from './authority';
import { headEntry, judgeCitations } from './citations';
import type { CitedRecords } from './context';
import type { OverlayView } from './overlay';
import { partyFacts, type Head, type PartyState } from './state';

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
}

const unitRules: Readonly<Record<RecordTypeSpec['unit'], (unit: string) => boolean>> = {
  any: () => true,
  none: (unit) => unit === '-',
  plant: (unit) => unit === 'PLANT',
  unit: (unit) => unit !== '-' && unit !== 'PLANT',
  'unit-or-plant': (unit) => unit !== '-',
};

const periodRules: Readonly<Record<RecordTypeSpec['period'], (period: string) => boolean>> = {
  any: () => true,
  none: (period) => period === '-',
  year: (period) => /^[0-9]{4}$/.test(period),
  month: (period) => /^[0-9]{4}-[0-9]{2}$/.test(period),
};

function shapeFaults(record: LedgerRecord, spec: RecordTypeSpec): Fault[] {
  const faults: Fault[] = [];
  const bad = (path: string, message: string): number => faults.push({ path, code: 'BAD_RECORD', message });
  if (!unitRules[spec.unit](record.subject.unit)) bad('/subject/unit', `a ${record.type} is about: ${spec.unit}`);
  if (!periodRules[spec.period](record.subject.period))
    bad('/subject/period', `the period of a ${record.type} is: ${spec.period}`);
  const label = record.kind.split('.')[1];
  const labelFits =
    label === undefined || (spec.labels === 'optional' ? true : spec.labels !== 'none' && spec.labels.includes(label));
  if (!labelFits) bad('/kind', `${record.kind} is not a kind of ${record.type}`);
  return faults;
}

function contentFaults(record: LedgerRecord): readonly Fault[] {
  try {
    parseContent(record);
    return [];
  } catch (error) {
    if (isLedgerError(error)) return error.faults;
    throw error;
  }
}

/** The version must be the first of its key, or the next one where the type or a supersession allows it. */
function versionFault(
  record: LedgerRecord,
  id: string,
  head: Head | undefined,
  spec: RecordTypeSpec,
): Fault | undefined {
  const key = businessKey(record);
  const fault = (code: Fault['code'], message: string): Fault => ({
    path: '/version',
    code,
    message,
    details: { key, ...(head ? { current: `rec:${head.r}`, version: head.v } : {}) },
  });
  if (!head) return record.version === 1 ? undefined : fault('VERSION_GAP', `${key} has no version yet: begin with 1`);
  if (`rec:${head.r}` === id) return fault('ALREADY_ANCHORED', `${key} is already anchored as ${id}`);
  const mayFollow = spec.versions === 'direct' || (spec.versions === 'supersession' && head.s === 'o');
  if (!mayFollow || record.version <= head.v) return fault('KEY_TAKEN', `${key} stands at version ${head.v}`);
  return record.version === head.v + 1
    ? undefined
    : fault('VERSION_GAP', `${key} stands at version ${head.v}; the next is ${head.v + 1}`);
}

async function serialFaults(record: LedgerRecord, view: OverlayView): Promise<Fault[]> {
  const effect = recordTypes[record.type].serials?.(record.content);
  if (!effect) return [];
  const range = parseSerialRange(effect.serialFrom, effect.serialTo);
  const taken = await view.overlapping(effect.space, effect.project, range);
  if (!taken) return [];
  const from = BigInt(taken.from) > range.from ? BigInt(taken.from) : range.from;
  const to = BigInt(taken.to) < range.to ? BigInt(taken.to) : range.to;
  const shared = (to - from + 1n).toString();
  const message = `${shared} serial numbers of ${effect.project} already belong to ${taken.key}`;
  return [
    {
      path: '/content/serialFrom',
      code: 'SERIAL_OVERLAP',
      message,
      details: { holder: taken.key, from: from.toString(), to: to.toString(), count: shared },
    },
  ];
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

/** Everything that hangs on the content: only looked at once shape and citations are right. */
async function contentRules(input: RecordInput, scope: RecordScope, tools: JudgeTools): Promise<Fault[]> {
  const { record } = input;
  const spec = recordTypes[record.type];
  const methodology = scope.cited.get('methodology')?.[0]?.record.content as Methodology | undefined;
  const root = rootFaults(input);
  const figures = root.length > 0 ? root : figureFaults(figureSpecsOf(record, methodology), scope);
  const own =
    spec.check?.({
      record,
      content: record.content,
      scope,
      issuer: partyFacts(record.issuer, tools.filer),
      time: tools.tx.time,
    }) ?? [];
  const serial = own.length > 0 ? [] : await serialFaults(record, tools.view);
  return [...figures, ...own, ...serial];
}

/** Judges one record. An empty list means that it may be anchored; then `applyRecord` tells what it changes. */
export async function judgeRecord(input: RecordInput, tools: JudgeTools): Promise<readonly Fault[]> {
  const { record } = input;
  const spec = recordTypes[record.type];
  const subject = await tools.view.party(record.subject.uscc);
  const form = [...shapeFaults(record, spec), ...contentFaults(record), ...filingFaults(record, tools.filer, subject)];
  if (form.length > 0) return form;
  const head = await tools.view.head(bucketOf(record.subject), headEntry(record.subject, record.kind));
  const version = versionFault(record, input.id, head, spec);
  if (version) return [version];
  const { faults, cited } = await judgeCitations(record, tools.view, tools.context);
  if (faults.length > 0) return faults;
  const scope = { id: input.id, key: businessKey(record), record, figures: figureMap(record, input.figures), cited };
  return contentRules(input, scope, tools);
}
