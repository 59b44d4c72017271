import { plainText } from '../output/style';
import type { Service } from '../service/service';

/** A record that is there and does not stand any more: withdrawn, returned or opened since. */
export interface EndedRecord {
  readonly key: string;
  readonly status: string;
}

const endings: Readonly<Record<string, string>> = {
  open: 'it waits for its next version (returned, or opened by a correction)',
  withdrawn: 'it was withdrawn',
};

/** What was anchored before and does not stand: who anchors the same again leaves it as it is, and says so. */
export async function endedOf(service: Service, keys: readonly string[]): Promise<readonly EndedRecord[]> {
  const heads = keys.length === 0 ? [] : await service.heads(keys);
  return heads.flatMap((head) =>
    head === null || head.status === 'current' ? [] : [{ key: head.key, status: head.status }],
  );
}

/** A line for each. */
export function formatEnded(ended: readonly EndedRecord[]): string[] {
  return ended.map(({ key, status }) => plainText(`  ${key} does not stand any more: ${endings[status] ?? status}`));
}
