import { joinObject, type PreparedSubmission } from '../submissions/prepared';

/** Where cited records and their figures are found, as canonical JSON. */
export interface CitedSource {
  /** undefined for what is not anchored, or has no figures that this organisation holds. */
  citedTexts(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly record: string; readonly figures: string | undefined }>>;
}

/**
 * The transient field `request` of a group, as canonical JSON: submissions, their private figures, and the content of
 * every cited record. The contract believes the context only because it hashes to the ids that are cited.
 */
export async function buildRequest(group: readonly PreparedSubmission[], source: CitedSource): Promise<Uint8Array> {
  const figures = new Map(group.flatMap(({ figureTexts }) => [...figureTexts]));
  const cited = await source.citedTexts(citedIds(group));
  const citedFigures = new Map<string, string>();
  for (const [id, texts] of cited) if (texts.figures !== undefined) citedFigures.set(id, texts.figures);
  const records = [...cited.values()].map((texts) => texts.record).join(',');
  const context = `{"figures":${joinObject(citedFigures)},"records":[${records}]}`;
  const submissions = group.map(({ text }) => text).join(',');
  return Buffer.from(`{"context":${context},"figures":${joinObject(figures)},"submissions":[${submissions}]}`);
}

/** Every record that is cited and does not itself stand in the group. */
function citedIds(group: readonly PreparedSubmission[]): string[] {
  const own = new Set(group.flatMap(({ recordIds }) => recordIds));
  const cited = group.flatMap(({ submission }) =>
    submission.records.flatMap((record) => record.cites.map((citation) => citation.record)),
  );
  return [...new Set(cited)].filter((id) => !own.has(id));
}
