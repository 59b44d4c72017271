import { LedgerError, type Fault } from '@carbon-ledger/core';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { readTlsPair } from '../service/tls-files';
import { meet } from './places';
import { plannedPlaces } from './planned';
import { tlsFilesOf, type CollectedSettings } from './read-settings';
import type { ServeOptions } from './settings';

/** What the files of one setting have wrong, told under the setting's name. */
async function faultsIn(name: string, read: () => unknown): Promise<Fault[]> {
  try {
    await read();
    return [];
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const { code, message, faults } = error;
    if (faults.length === 0) return [{ path: name, code, message }];
    return faults.map((fault) => ({ ...fault, path: `${name} ${fault.path}` }));
  }
}

async function faultsOfFiles({ fabric, outside, endorsers, ...said }: ServeOptions): Promise<Fault[]> {
  const { readOutsideConfig, readPeerProfile } = await import('@carbon-ledger/gateway-api');
  const tls = tlsFilesOf(said);
  const found = [
    ...(tls === undefined ? [] : [faultsIn('tls-certificate', () => readTlsPair(tls))]),
    ...(fabric === undefined
      ? []
      : [faultsIn('fabric', () => readPeerProfile(fabric, { ...said, endorsers: endorsers?.split(',') }))]),
    ...(outside === undefined ? [] : [faultsIn('outside', () => readOutsideConfig(outside))]),
  ];
  return (await Promise.all(found)).flat();
}

/**
 * Tells every setting with its value and where it was said, once the files that they name were read as `serve` reads
 * them, its folders were tried and its addresses. No setting is a secret; files that hold one are named, never shown.
 * @param lacking what a start would still have to be told, which may stand on its command line
 * @throws LedgerError USAGE with every fault of settings, files, folders and addresses
 */
export async function reportSettings(
  context: Context,
  { options, chosen, faults }: CollectedSettings,
  lacking: readonly string[],
): Promise<number> {
  const met = await meet(plannedPlaces(options, chosen));
  const all = [...faults, ...(await faultsOfFiles(options)), ...met.faults];
  if (all.length > 0) throw new LedgerError('USAGE', 'The settings, or what they name, have faults.', { faults: all });
  const rows = chosen.map(({ setting, value, source, place }) => ({ name: setting.name, value, source, place }));
  const notes = [...lacking, ...met.notes];
  context.output.result({ settings: rows, notes }, () =>
    [
      ...rows.map(({ name, value, source, place }) => `${name.padEnd(22)} ${String(value)}  (${where(source, place)})`),
      ...notes.map((note) => `Note: ${note}`),
      'No fault found.',
    ].join('\n'),
  );
  return exitCodes.yes;
}

function where(source: string, place: string): string {
  return source === 'environment' ? `environment, ${place}` : source;
}
