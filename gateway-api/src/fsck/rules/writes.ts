import { canonicalBytes, serialKey, type OverlayView } from '@carbon-ledger/core';

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
