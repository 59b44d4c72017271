import { createHash } from 'node:crypto';
import path from 'node:path';
import {
  canonicalize,
  CrossCheck,
  crossCheckReport,
  doubtsOf,
  isDecimalText,
  parseCrossCheckProfile,
  type AnchoredReadings,
  type CrossCheckProfile,
  type CrossCheckReport,
  type CrossCheckTolerance,
} from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { crossCheckWorkbook, readOutside, readWorkbook } from '@carbon-ledger/spreadsheets';
import { readBytes, readJsonFile } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import type { Service } from '../service/service';

/** The profile of a source, with tolerances of the command line in place of its own. */
export async function readCrossCheckProfile(
  file: string,
  source: string,
  tolerance: CrossCheckTolerance,
): Promise<CrossCheckProfile> {
  const profile = parseCrossCheckProfile(await readJsonFile(file), source);
  if (Object.keys(tolerance).length === 0) return profile;
  const readings = Object.entries(profile.readings).map(([id, reading]) => [id, { ...reading, tolerance }] as const);
  return { ...profile, readings: Object.fromEntries(readings) };
}

function readingsOf(view: AnchoredRecordView): AnchoredReadings {
  const { id, record, figures, figuresAccess, status, marks = [] } = view;
  const doubts = doubtsOf(view, marks);
  const fields = Object.entries(record.content).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && isDecimalText(entry[1]),
  );
  const totals = Object.entries(record.totals).map(([name, { value }]) => [name, value] as const);
  const open = (figures ?? []).map(({ name, value }) => [name, value] as const);
  return {
    record: id,
    status: status === 'superseded' ? 'withdrawn' : status,
    ...(doubts.length === 0 ? {} : { doubts }),
    values: Object.fromEntries([...fields, ...totals, ...open]),
    hidden: !['none', 'shown'].includes(figuresAccess),
  };
}

/** What stands of a party in a year under the kinds of record that a profile names; replaced versions are left out. */
async function anchoredOf(
  service: Service,
  { party, year, kinds }: { readonly party: string; readonly year: string; readonly kinds: ReadonlySet<string> },
): Promise<(readonly [string, AnchoredReadings])[]> {
  const found: (readonly [string, AnchoredReadings])[] = [];
  for await (const view of service.eachRecord({ party, include: 'figures' })) {
    const { record, key, status } = view;
    const isAsked = kinds.has(record.kind) && record.subject.period.startsWith(year);
    if (isAsked && status !== 'superseded') found.push([key, readingsOf(view)]);
  }
  return found;
}

export interface CrossCheckRun {
  readonly source: string;
  readonly file: string;
  readonly year: string;
  readonly profile: CrossCheckProfile;
  readonly party?: string;
}

/** Reads the file, asks the ledger for the parties that it is about, and compares. */
export async function crossCheck(
  service: Service,
  { source, file, year, profile, party }: CrossCheckRun,
): Promise<{ readonly report: CrossCheckReport; readonly notes: readonly string[] }> {
  const name = path.basename(file);
  const bytes = await readBytes(file);
  const { rows, notes } = readOutside(readWorkbook(bytes, name), profile, name);
  const check = new CrossCheck({ profile, year, ...(party === undefined ? {} : { party }) }, rows);
  const kinds = new Set(Object.values(profile.readings).map(({ record }) => record));
  const { ledger, logSize } = await service.ledger();
  const anchored = new Map<string, AnchoredReadings>();
  for (const one of check.parties)
    for (const [key, readings] of await anchoredOf(service, { party: one, year, kinds })) anchored.set(key, readings);
  const sha256 = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const about = { source, year, profile, file: { name, sha256, rows: rows.length } };
  return {
    report: crossCheckReport({ ...about, ledger: { ledger, size: String(logSize) } }, check.conclude(anchored)),
    notes: notes.map(({ sheet, row, note }) => `${name} ${sheet} ${String(row)}: ${note}`),
  };
}

/** JSON (RFC 8785, so that the same report is the same bytes) and a workbook. Figures that are not public are in both. */
export async function writeCrossCheck(
  { output, xlsx }: { readonly output?: string; readonly xlsx?: string },
  report: CrossCheckReport,
): Promise<void> {
  if (output !== undefined) await writeWhole(output, `${canonicalize(report)}\n`, { isPrivate: true });
  if (xlsx !== undefined) await writeWhole(xlsx, crossCheckWorkbook(report), { isPrivate: true });
}
