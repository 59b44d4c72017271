import type { Pacer } from '../http/reading/pacer';

/** Receipts that are made in one turn of the event loop. */
const RECEIPTS_A_TURN = 50;

/** Makes something of each, so many in a turn of the event loop: whoever asks for thousands keeps nobody else waiting. */
export async function inTurns<Item, Made>(
  { pacer }: { readonly pacer: Pacer },
  items: readonly Item[],
  make: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  for (let at = 0; at < items.length; at += RECEIPTS_A_TURN) {
    if (at > 0) await pacer.turn();
    for (const one of await Promise.all(items.slice(at, at + RECEIPTS_A_TURN).map(make))) made.push(one);
  }
  return made;
}
