import { businessKey } from '@carbon-ledger/core';
import { joinObject, submissionsMember, type PreparedSubmission } from '../submissions/prepared';

/** Where cited records and their figures are found, as canonical JSON. */
export interface CitedSource {
  /** undefined for what is not anchored, or has no figures that this organisation holds. */
  citedTexts(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly record: string; readonly figures: string | undefined }>>;
  /** Ids of the versions of a business key that are anchored, newest first. */
  versions(key: string): Promise<readonly string[]>;
}

/** A request, and the place in it where its last member begins: what the contract writes when it accepts everything. */
export interface GroupRequest {
  readonly bytes: Buffer;
  /** `"submissions":[…]}` */
  readonly submissions: Buffer;
}

/**
 * The transient field `request` of a group, as canonical JSON: submissions, their private figures, and the content of
 * every cited record, and of earlier versions, whose salts nobody uses again. The contract believes the context only because it hashes to the ids that are cited.
 */
export async function buildRequest(group: readonly PreparedSubmission[], source: CitedSource): Promise<GroupRequest> {
  const figures = new Map(group.flatMap(({ figureTexts }) => [...figureTexts]));
  const cited = await source.citedTexts([...new Set([...citedIds(group), ...(await earlierIds(group, source))])]);
  const citedFigures = new Map<string, string>();
  for (const [id, texts] of cited) if (texts.figures !== undefined) citedFigures.set(id, texts.figures);
  const records = [...cited.values()].map((texts) => texts.record).join(',');
  const context = `{"figures":${joinObject(citedFigures)},"records":[${records}]}`;
  const head = `{"context":${context},"figures":${joinObject(figures)},`;
  const bytes = Buffer.from(head + submissionsMember(group));
  return { bytes, submissions: bytes.subarray(Buffer.byteLength(head)) };
}

/** Earlier versions of what has private figures. */
async function earlierIds(group: readonly PreparedSubmission[], source: CitedSource): Promise<string[]> {
  const records = group.flatMap(({ submission }) => submission.records);
  const later = records.filter(({ version, figuresRoot }) => version > 1 && figuresRoot !== null);
  const keys = [...new Set(later.map(businessKey))];
  return (await Promise.all(keys.map((key) => source.versions(key)))).flat();
}

/** Every record that is cited and does not itself stand in the group. */
function citedIds(group: readonly PreparedSubmission[]): string[] {
  const own = new Set(group.flatMap(({ recordIds }) => recordIds));
  const cited = group.flatMap(({ submission }) =>
    submission.records.flatMap((record) => record.cites.map((citation) => citation.record)),
  );
  return [...new Set(cited)].filter((id) => !own.has(id));
}
