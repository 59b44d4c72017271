import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileError, LedgerError, type Fault } from '@carbon-ledger/core';
import { listeningError } from '../service/listening';

/** Where a service would write and listen; undefined where the settings that say it have faults. */
export interface Places {
  readonly folders: Readonly<Record<string, string | undefined>>;
  readonly addresses: Readonly<Record<string, { readonly host: string; readonly port: number } | undefined>>;
}

/** What a start would meet on this machine. */
export interface Met {
  readonly faults: readonly Fault[];
  /** What is a fault only if it is not this service itself, which may be running. */
  readonly notes: readonly string[];
}

const isThere = (place: string): Promise<boolean> =>
  stat(place).then(
    () => true,
    // What lies below a file is not there either.
    (error: unknown) => !['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''),
  );

/** The folder itself, or the nearest one above it that is there. */
async function nearest(folder: string): Promise<string> {
  let place = path.resolve(folder);
  while (!(await isThere(place)) && path.dirname(place) !== place) place = path.dirname(place);
  return place;
}

/**
 * Tried, not computed from modes: a folder of root, a disk without room or that is read only, a file in the way, `/proc` are all told by
 * the system alone. Nothing is left behind.
 */
async function folderFaults(name: string, folder: string): Promise<Fault[]> {
  const place = await nearest(folder);
  try {
    await rmdir(await mkdtemp(path.join(place, '.check-config-')));
    return [];
  } catch (error) {
    const { code, message } = fileError(error, place, 'written');
    const whole = path.resolve(folder) === place ? message : `${folder} cannot be made: ${message}`;
    return [{ path: name, code, message: whole }];
  }
}

function listens(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error);
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}

async function addressMet(name: string, host: string, port: number): Promise<Met> {
  const refused = await listens(host, port);
  const address = `${host}:${String(port)}`;
  if (refused === undefined) return { faults: [], notes: [] };
  if (refused.code === 'EADDRINUSE')
    return {
      faults: [],
      notes: [`${name}: ${address} is taken: by this service if it runs, else say another ${name}.`],
    };
  const known = listeningError(host, port, refused);
  const { code, message } =
    known ?? new LedgerError('PORT_TAKEN', `nothing can listen on ${address}: ${refused.code ?? refused.message}`);
  return { faults: [{ path: code === 'USAGE' ? 'host' : name, code, message }], notes: [] };
}

/** Two that are told to take one port would meet each other. */
function sameAddress(addresses: Places['addresses']): Fault[] {
  const told = Object.entries(addresses).filter(([, address]) => address !== undefined && address.port !== 0);
  return told.flatMap(([name, address], index) => {
    const before = told.slice(0, index).find(([, other]) => other?.port === address?.port);
    if (before === undefined) return [];
    return [{ path: name, code: 'USAGE' as const, message: `it is the ${before[0]} too: each listens on its own` }];
  });
}

export async function meet({ folders, addresses }: Places): Promise<Met> {
  const written = Object.entries(folders).map(async ([name, folder]) =>
    folder === undefined ? [] : folderFaults(name, folder),
  );
  const listened = Object.entries(addresses).map(async ([name, address]) =>
    address === undefined ? { faults: [], notes: [] } : addressMet(name, address.host, address.port),
  );
  const met = await Promise.all(listened);
  return {
    faults: [...(await Promise.all(written)).flat(), ...sameAddress(addresses), ...met.flatMap(({ faults }) => faults)],
    notes: met.flatMap(({ notes }) => notes),
  };
}
