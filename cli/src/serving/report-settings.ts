import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import type { ReadSettings } from './read-settings';

/**
 * Tells every setting with its value and where it was said, once the files that they name were read as `serve` reads
 * them. No setting is a secret; files that hold one are named, never shown.
 * @throws LedgerError with every fault of those files
 */
export async function reportSettings(context: Context, { options, chosen }: ReadSettings): Promise<number> {
  const { readOutsideConfig, readPeerProfile } = await import('@carbon-ledger/gateway-api');
  const { fabric, outside, endorsers, ...said } = options;
  if (fabric !== undefined) await readPeerProfile(fabric, { ...said, endorsers: endorsers?.split(',') });
  if (outside !== undefined) await readOutsideConfig(outside);
  const rows = chosen.map(({ setting, value, source, place }) => ({ name: setting.name, value, source, place }));
  context.output.result({ settings: rows }, () =>
    [
      ...rows.map(({ name, value, source, place }) => `${name.padEnd(22)} ${String(value)}  (${where(source, place)})`),
      'No fault found.',
    ].join('\n'),
  );
  return exitCodes.yes;
}

function where(source: string, place: string): string {
  return source === 'environment' ? `environment, ${place}` : source;
}
