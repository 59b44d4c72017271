import path from 'node:path';
import { parsePort } from './parse';
import type { Places } from './places';
import type { CollectedSettings } from './read-settings';
import type { ServeOptions } from './settings';

export const USUAL_HOST = '127.0.0.1';
export const USUAL_PORT = '8080';

export function dataDirOf(options: ServeOptions): string {
  const name = options.fabric !== undefined ? 'gateway' : options.trial === true ? 'trial' : 'ledger';
  return path.resolve(options.data ?? path.join('data', name));
}

/** What a start would write to and listen on; nothing of settings that have faults themselves. */
export function plannedPlaces(options: ServeOptions, chosen: CollectedSettings['chosen']): Places {
  const isSound = (key: keyof ServeOptions): boolean =>
    options[key] !== undefined || !chosen.some(({ setting }) => setting.key === key);
  const host = options.host ?? USUAL_HOST;
  const { shared, peerPort } = options;
  return {
    folders: {
      data: isSound('data') && isSound('fabric') && isSound('trial') ? dataDirOf(options) : undefined,
      shared: shared === undefined ? undefined : path.resolve(shared),
    },
    addresses: {
      port: isSound('port') && isSound('host') ? { host, port: parsePort(options.port ?? USUAL_PORT) } : undefined,
      'peer-port': peerPort === undefined ? undefined : { host: USUAL_HOST, port: parsePort(peerPort) },
    },
  };
}
