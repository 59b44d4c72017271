import type { Pacer } from '../http/reading/pacer';

/** Records that are looked at, or receipts that are made, in one turn of the event loop. */
const A_TURN = 50;

/**
 * One piece of many after the other.
 * @param between before every piece but the first: takes its turn, and pays where it is to be paid for
 */
export async function inPieces<Item>(
  items: readonly Item[],
  between: (piece: readonly Item[]) => Promise<void>,
  look: (piece: readonly Item[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += A_TURN) {
    const piece = items.slice(at, at + A_TURN);
    if (at > 0) await between(piece);
    await look(piece);
  }
}

/** Makes something of each, so many in a turn of the event loop: whoever asks for thousands keeps nobody else waiting. */
export async function inTurns<Item, Made>(
  { pacer }: { readonly pacer: Pacer },
  items: readonly Item[],
  make: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  await inPieces(
    items,
    () => pacer.turn(),
    async (piece) => {
      for (const one of await Promise.all(piece.map(make))) made.push(one);
    },
  );
  return made;
}
