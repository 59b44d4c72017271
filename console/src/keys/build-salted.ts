import { buildRecord, type BuiltRecord, type RecordDraft } from '@carbon-ledger/core';
import type { SaltQuestion } from '../workers/key.worker';

/** As long as a salt is, and none: the record made with it is only asked which salts it needs. */
const placeholder = '0'.repeat(32);

/**
 * Makes a record whose salts come from elsewhere, all at once: what computes figures asks for salts one by one and cannot
 * wait, so the record is made twice, first to learn which salts it needs.
 * @throws LedgerError FIGURE_UNKNOWN for a figure that the record type does not have
 */
export async function buildSalted(
  draft: RecordDraft,
  saltsOf: (questions: readonly SaltQuestion[]) => Promise<readonly string[]>,
): Promise<BuiltRecord> {
  const questions: SaltQuestion[] = [];
  buildRecord(draft, (...question) => {
    questions.push(question);
    return placeholder;
  });
  const salts = await saltsOf(questions);
  const known = new Map(questions.map((question, index) => [question.join('\n'), salts[index]]));
  return buildRecord(draft, (...question) => {
    const salt = known.get(question.join('\n'));
    if (salt === undefined) throw new TypeError(`no salt was given for ${question.join(' ')}`);
    return salt;
  });
}
