import { plainText } from '../output/style';
import type { Service } from '../service/service';
import { sayingOf, type Doubting } from '../verification/why-in-doubt';

/** A record that is there and does not stand any more: withdrawn, returned or opened since. */
interface EndedRecord {
  readonly key: string;
  readonly status: string;
}

/** A record that is there and stands, and whose word is in doubt. */
interface DoubtedRecord {
  readonly key: string;
  readonly doubts: readonly Doubting[];
}

/** What is to be said of what was anchored before: who anchors the same again leaves it as it is, and takes it for no yes. */
export interface AlreadyThere {
  readonly ended: readonly EndedRecord[];
  readonly doubted: readonly DoubtedRecord[];
}

const endings: Readonly<Record<string, string>> = {
  open: 'it waits for its next version (returned, or opened by a correction)',
  withdrawn: 'it was withdrawn',
};

/** How what was anchored before stands now. */
export async function alreadyThere(service: Pick<Service, 'heads'>, keys: readonly string[]): Promise<AlreadyThere> {
  const heads = keys.length === 0 ? [] : await service.heads(keys, 'with doubts');
  const found = heads.filter((head) => head !== null);
  return {
    ended: found.filter(({ status }) => status !== 'current').map(({ key, status }) => ({ key, status })),
    doubted: found.flatMap(({ key, doubts = [] }) => (doubts.length === 0 ? [] : [{ key, doubts }])),
  };
}

/** Whether all of it stands, and nothing is in doubt. */
export function isWhole({ ended, doubted }: AlreadyThere): boolean {
  return ended.length === 0 && doubted.length === 0;
}

/** A line for each that does not stand, or is in doubt. */
export function formatAlready({ ended, doubted }: AlreadyThere): string[] {
  return [
    ...ended.map(({ key, status }) => `  ${key} does not stand any more 已失效: ${endings[status] ?? status}`),
    ...doubted.map(({ key, doubts }) => `  ${key} is in doubt 存疑: ${doubts.map(sayingOf).join('; ')}`),
  ].map(plainText);
}
