import {
  canonicalBytes,
  judgeCosignature,
  serialKey,
  utf8Decode,
  type CosignerState,
  type CosignFacts,
  type OverlayView,
} from '@carbon-ledger/core';
import type { RecordedView } from './recorded-view';

/**
 * Everything that the contract writes for these submissions, by key of the world state (docs/architecture.md, state
 * keys); `value` is the canonical text of the submissions that were judged. Written here a second time on purpose: a checker that shared the contract's code would share its mistakes.
 */
export async function transactionWrites(
  txId: string,
  value: Uint8Array,
  view: OverlayView,
): Promise<Map<string, Uint8Array>> {
  const { heads, parties, spans } = view.effects();
  const writes = new Map<string, Uint8Array>([[`tx/${txId}`, value]]);
  for (const bucket of heads.keys()) writes.set(`head/${bucket}`, canonicalBytes(await view.heads(bucket)));
  for (const [uscc, party] of parties) writes.set(`party/${uscc}`, canonicalBytes(party));
  for (const { space, project, block, span } of spans)
    writes.set(`${space}/${project}/${block}/${serialKey(BigInt(span.to))}`, canonicalBytes(span));
  return writes;
}

/** What a cosignature writes. @throws LedgerError with the code of the rule that it breaks */
export function cosignerWrites(
  args: readonly Uint8Array[],
  view: RecordedView,
  facts: CosignFacts,
): Map<string, Uint8Array> {
  const [, note = '', key = '', replaces = ''] = args.map(utf8Decode);
  const place = `cosigner/${facts.msp}`;
  const current = view.json(place) as CosignerState | undefined;
  return new Map([[place, canonicalBytes({ ...judgeCosignature({ note, key, replaces }, current, facts) })]]);
}
