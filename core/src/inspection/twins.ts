import type { AnchoredRecord } from '../provenance';
import { businessKey, reportFiles } from '../records';
import type { MatchedFile } from './match';

/** Reports that are one report under several numbers, and what shows it. */
export interface Twins {
  /** Same file in several records · same results in several reports · one file here under the names of several. */
  readonly by: 'file' | 'results' | 'copies';
  readonly reports: readonly { readonly key: string; readonly record: string; readonly number: string }[];
  /** The digest, the results, or the paths that are the same. */
  readonly same: readonly string[];
}

/** As many results must be the same: two or three may be so by chance. */
const leastResults = 4;

type Report = Twins['reports'][number];

function reportOf({ id, record }: AnchoredRecord): Report {
  const { reportNo } = record.content;
  return { key: businessKey(record), record: id, number: typeof reportNo === 'string' ? reportNo : '' };
}

function isReport({ record, status }: AnchoredRecord): boolean {
  return record.type === 'test-report' && status === 'current';
}

/** Reports in order of their keys; undefined where no more than one number stands in them. */
function numberedApart(reports: Iterable<Report>): Report[] | undefined {
  const sorted = [...reports].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return new Set(sorted.map(({ number }) => number)).size > 1 ? sorted : undefined;
}

/** Groups in which more than one number stands. */
function groupsOf(pairs: readonly (readonly [string, Report])[], by: Twins['by']): Twins[] {
  const groups = new Map<string, Map<string, Report>>();
  for (const [same, report] of pairs) {
    const group = groups.get(same) ?? new Map<string, Report>();
    groups.set(same, group.set(report.record, report));
  }
  return [...groups].flatMap(([same, group]): Twins[] => {
    const reports = numberedApart(group.values());
    return reports === undefined ? [] : [{ by, reports, same: [same] }];
  });
}

function resultsOf(report: AnchoredRecord): (readonly [string, Report])[] {
  const results = (report.figures ?? []).map(({ name, value }) => `${name} ${value}`).sort();
  return results.length < leastResults ? [] : [[results.join(', '), reportOf(report)]];
}

/** Reports that a file is, or bears the name of. */
function reportsOf({ of, named }: MatchedFile): Report[] {
  return [of, named].flatMap((one) => (one !== undefined && isReport(one.anchored) ? [reportOf(one.anchored)] : []));
}

/** Files here with one content that bear the names of reports with different numbers. */
function copiesOf(files: readonly MatchedFile[]): Twins[] {
  const byContent = new Map<string, MatchedFile[]>();
  for (const one of files.filter((file) => reportsOf(file).length > 0))
    byContent.set(one.file.sha256, [...(byContent.get(one.file.sha256) ?? []), one]);
  return [...byContent.values()].flatMap((copies): Twins[] => {
    const reports = numberedApart(new Map(copies.flatMap(reportsOf).map((one) => [one.record, one])).values());
    const paths = copies.map(({ file }) => file.path).sort();
    return reports === undefined ? [] : [{ by: 'copies', reports, same: paths }];
  });
}

/** One report under two numbers, wherever it shows: in the records, and among the files. */
export function findTwins(records: readonly AnchoredRecord[], files: readonly MatchedFile[]): Twins[] {
  const reports = records.filter(isReport);
  const byFile = reports.flatMap((report) =>
    reportFiles(report.record.documents).map(({ sha256 }) => [sha256, reportOf(report)] as const),
  );
  return [...groupsOf(byFile, 'file'), ...groupsOf(reports.flatMap(resultsOf), 'results'), ...copiesOf(files)];
}
