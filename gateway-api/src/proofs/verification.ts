import type { VerificationAnswer, VerificationItem } from '@carbon-ledger/client-sdk';
import { isQuestioned, reasonsOf, rowsOfFile, type DocumentRef, type RowsOfFile } from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { leadingTo, type DoubtOf } from './doubt';
import {
  byDigest,
  byName,
  paidInPieces,
  type AnchoredDocuments,
  type Found,
  type Match,
  type Work,
} from './naming-records';

const verdictsZh = {
  consistent: '一致',
  'no-longer-stands': '一致但记录已失效',
  questioned: '一致但记录存疑',
  inconsistent: '不一致',
  'not-found': '未找到',
  undecidable: '无法判定',
} as const;
type Verdict = keyof typeof verdictsZh;

/** Files that are looked up at one time. */
const AT_ONCE = 64;

/** What is asked beside the projection. */
interface Looking extends Work {
  readonly doubtOf: DoubtOf;
}

interface Sources extends Looking {
  readonly projection: AnchoredDocuments;
}

const alone: Looking = {
  spend: () => undefined,
  turn: () => Promise.resolve(),
  doubtOf: () => Promise.resolve(undefined),
};

/**
 * Compares digests of files with what is anchored. 一致: a record names exactly this digest, and stands. 一致但记录已失效: one
 * names it, and was withdrawn, returned or replaced since; told by whom, when and why. 一致但记录存疑: it stands, and an
 * authority doubts it, an inspection found something in it that is not closed, it rests on what does not stand, or it was
 * signed with a key that was in other hands. 不一致: a record names this file (by name, role where given) with another digest.
 * 未找到: nothing is known of it. 无法判定: the two digests belong to different files, several records name such a file and none of them is told
 * apart, or more records name it than were looked at.
 */
export async function verifyItems(
  projection: AnchoredDocuments,
  items: readonly VerificationItem[],
  looking: Partial<Looking> = {},
): Promise<VerificationAnswer[]> {
  const sources = { ...alone, ...looking, projection };
  const answers: VerificationAnswer[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map((item) => verifyItem(sources, item)))));
  }
  return answers;
}

async function verifyItem(sources: Sources, item: VerificationItem): Promise<VerificationAnswer> {
  const { projection } = sources;
  const found = await byDigest(projection, sources, item);
  const [exact] = found.matches.filter(({ document }) => agrees(document, item)).sort(currentFirst);
  if (exact !== undefined) {
    const all = await everywhere(sources, item, found);
    return withOthers(unlessCut(found, await answerOfRows(sources, item, exact, all)), all);
  }
  const [other] = found.matches;
  if (other !== undefined) return answer(item, 'undecidable', other, 'SHA-256 and SM3 belong to different files');
  const named = await byName(projection, sources, item);
  const cutAt = found.cutAt ?? named.cutAt;
  return byNameOnly(item, { matches: named.matches, ...(cutAt === undefined ? {} : { cutAt }) });
}

/** Of more records than were looked at one may not stand. */
function unlessCut({ cutAt }: Found, told: VerificationAnswer): VerificationAnswer {
  if (cutAt === undefined || told.verdict !== 'consistent') return told;
  return { ...told, verdict: 'undecidable', verdictZh: verdictsZh.undecidable, reason: tooMany(cutAt) };
}

function rowsAbout(exact: Match, item: VerificationItem, all: readonly Match[]): RowsOfFile<Match> {
  if (item.record !== undefined) return { rows: [exact], ended: [] };
  const about = all.filter(({ entry }) => [undefined, entry.record.subject.uscc].includes(item.party));
  return rowsOfFile(exact, about, ({ entry: { key, status, record }, document: { role } }) => ({
    ...{ key, status, role },
    issuer: record.issuer,
  }));
}

/** A file of several records, each a row of it: one that does not stand, or is in doubt, is told before those that stand. */
async function answerOfRows(
  sources: Sources,
  item: VerificationItem,
  exact: Match,
  all: readonly Match[],
): Promise<VerificationAnswer> {
  const { rows, ended } = rowsAbout(exact, item, all);
  const [first] = exact.entry.status === 'current' ? ended : [];
  if (first !== undefined) {
    const told = await exactAnswer(sources, item, first);
    const count = `${String(ended.length)} of the ${String(rows.length)} records of it do not stand`;
    return { ...told, reason: `${count}: ${told.reason}` };
  }
  const own = await exactAnswer(sources, item, exact);
  if (own.verdict !== 'consistent') return own;
  return (
    (await doubtedRow(
      sources,
      item,
      rows.filter(({ entry }) => entry.id !== exact.entry.id),
    )) ?? own
  );
}

/** The first row that stands and is in doubt. */
async function doubtedRow(
  sources: Sources,
  item: VerificationItem,
  rows: readonly Match[],
): Promise<VerificationAnswer | undefined> {
  const standing = rows.filter(({ entry }) => entry.status === 'current');
  let doubted: VerificationAnswer | undefined;
  await paidInPieces(standing, sources, async (piece) => {
    for (const row of doubted === undefined ? piece : []) {
      const told = await exactAnswer(sources, item, row);
      if (told.verdict !== 'consistent') doubted ??= told;
    }
  });
  return doubted;
}

/** Other records that are told of one file. */
const OTHERS = 20;

/** The question may be narrowed to one party or record; what is told beside the answer is not. */
async function everywhere(sources: Sources, item: VerificationItem, found: Found): Promise<Match[]> {
  const { sha256, sm3 } = item;
  const isNarrow = item.record !== undefined || item.party !== undefined;
  const digests = { ...(sha256 === undefined ? {} : { sha256 }), ...(sm3 === undefined ? {} : { sm3 }) };
  const { matches } = isNarrow ? await byDigest(sources.projection, sources, digests) : found;
  return matches.filter(({ document }) => agrees(document, item)).sort(currentFirst);
}

/**
 * A file that several records name is told with all of them: who was first, and whose it is, are questions of people. One of
 * each party comes first, so that nobody hides another's by many of his own.
 */
function withOthers(answer: VerificationAnswer, all: readonly Match[]): VerificationAnswer {
  const others = [...new Map(all.map((one) => [one.entry.key, one.entry])).values()].filter(
    ({ key }) => key !== answer.key,
  );
  if (others.length === 0) return answer;
  const parties = others.map(({ record }) => record.issuer);
  const [firsts, rest] = [true, false].map((isFirst) =>
    others.filter(({ record }, index) => (parties.indexOf(record.issuer) === index) === isFirst),
  );
  const also = [...(firsts ?? []), ...(rest ?? [])].slice(0, OTHERS).map(({ id, key, record, anchoredAt, status }) => ({
    ...{ record: id, key, party: record.issuer, anchoredAt, status },
  }));
  const count = others.length === 1 ? '1 other record names' : `${String(others.length)} other records name`;
  return { ...answer, reason: `${answer.reason}; ${count} the same file`, also };
}

const fate = { open: 'waits for its next version', superseded: 'was replaced', withdrawn: 'was withdrawn' } as const;

/** The file is the one that was anchored; whether the record still stands is said with it. */
async function exactAnswer(
  { projection, doubtOf }: Sources,
  item: VerificationItem,
  match: Match,
): Promise<VerificationAnswer> {
  const { status, state, record } = match.entry;
  if (status !== 'current' || isQuestioned(record.kind, state))
    return changedAnswer(item, match, await causeOf(projection, match.entry));
  const doubt = await doubtOf(match.entry);
  if (doubt === undefined) return answer(item, 'consistent', match, 'a record names exactly this digest');
  const reason = `the file is the one that was anchored, but its record is doubtful: ${doubt.why}`;
  return { ...answer(item, 'questioned', match, reason), questioned: doubt };
}

/** Of a record that does not stand, or is questioned. */
function changedAnswer(
  item: VerificationItem,
  match: Match,
  cause: VerificationAnswer['ended'] | undefined,
): VerificationAnswer {
  const { status } = match.entry;
  const told = cause === undefined ? '' : ` by ${cause.type} of ${cause.party} at ${cause.at}`;
  const why = cause === undefined || cause.why === '' ? '' : `: ${cause.why}`;
  if (status === 'current') {
    const reason = `the file is the one that was anchored, but its record is questioned${told}${why}`;
    return { ...answer(item, 'questioned', match, reason), ...(cause === undefined ? {} : { questioned: cause }) };
  }
  const reason = `the file is the one that was anchored, but its record does not stand: it ${fate[status]}${told}${why}`;
  return { ...answer(item, 'no-longer-stands', match, reason), ...(cause === undefined ? {} : { ended: cause }) };
}

/** What led a record where it is. */
async function causeOf(
  projection: AnchoredDocuments,
  entry: AnchoredEntry,
): Promise<VerificationAnswer['ended'] | undefined> {
  const by = await leadingTo(projection.reader, entry);
  if (by === undefined) return undefined;
  const { id, record, anchoredAt } = by;
  return { record: id, type: record.type, party: record.issuer, at: anchoredAt, why: reasonsOf(record.content) };
}

function tooMany(cutAt: number): string {
  return `more than ${String(cutAt)} records name this file, and not all were looked at: say which record`;
}

function byNameOnly(item: VerificationItem, { matches, cutAt }: Found): VerificationAnswer {
  const current = matches.filter(({ entry }) => entry.status === 'current');
  const [only, ...others] = distinctFiles(current.length > 0 ? current : matches);
  if (cutAt !== undefined) return answer(item, 'undecidable', undefined, tooMany(cutAt));
  if (only === undefined) return answer(item, 'not-found', undefined, 'no record names this digest or file name');
  if (others.length === 0) return answer(item, 'inconsistent', only, 'the record names this file with another digest');
  const count = String(others.length + 1);
  return answer(item, 'undecidable', undefined, `${count} files of this name are anchored, each with another digest`);
}

/** Of each key one. One workbook may be the document of many records, a row each: it is one file all the same. */
function distinctFiles(matches: readonly Match[]): Match[] {
  const byKey = new Map(matches.map((match) => [match.entry.key, match]));
  return [...new Map([...byKey.values()].map((match) => [match.document.sha256, match])).values()];
}

function agrees(document: DocumentRef, { sha256, sm3 }: VerificationItem): boolean {
  return [undefined, document.sha256].includes(sha256) && [undefined, document.sm3].includes(sm3);
}

function currentFirst(a: Match, b: Match): number {
  return Number(b.entry.status === 'current') - Number(a.entry.status === 'current');
}

function answer(
  item: VerificationItem,
  verdict: Verdict,
  match: Match | undefined,
  reason: string,
): VerificationAnswer {
  const base = {
    verdict,
    verdictZh: verdictsZh[verdict],
    reason,
    ...(item.name === undefined ? {} : { name: item.name }),
  };
  if (match === undefined) return base;
  const { entry, document } = match;
  return {
    ...base,
    record: entry.id,
    key: entry.key,
    party: entry.record.issuer,
    anchoredAt: entry.anchoredAt,
    ...(entry.earlier === undefined ? {} : { earlier: entry.earlier }),
    status: entry.status,
    state: entry.state,
    ...(verdict === 'inconsistent'
      ? { anchored: { name: document.name, sha256: document.sha256, sm3: document.sm3 } }
      : {}),
  };
}
