import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { decodeText, LedgerError, type Fault } from '@carbon-ledger/core';
import { readBytes } from '../files/read-file';
import type { TlsFiles } from '../service/tls-files';
import { SETTINGS, type ServeOptions, type Setting } from './settings';

/** Where a setting's value was said; later places go before earlier ones: default, file, environment, command line. */
type Source = 'default' | 'file' | 'environment' | 'command line';

interface Chosen {
  readonly setting: Setting;
  readonly value: string | boolean | readonly string[];
  readonly source: Source;
  /** Of the variable, or of the flag; for messages. */
  readonly place: string;
}

export interface ReadSettings {
  readonly options: ServeOptions;
  readonly chosen: readonly Chosen[];
}

/** The same with everything that is wrong with them; what has a fault is not among the options. */
export interface CollectedSettings extends ReadSettings {
  readonly faults: readonly Fault[];
}

type Environment = Readonly<Record<string, string | undefined>>;
type FileSettings = Readonly<Record<string, unknown>>;

/**
 * The settings of a service from all places, checked.
 * @param flags what stands on the command line, and nothing else: no defaults
 * @throws LedgerError BAD_FILE, BAD_ENCODING, FILE_FORBIDDEN, FILE_UNREADABLE for the file; USAGE with every fault of every setting
 */
export async function readSettings(
  flags: ServeOptions,
  env: Environment,
  file: string | undefined,
): Promise<ReadSettings> {
  const { faults, ...read } = await collectSettings(flags, env, file);
  if (faults.length > 0) throw new LedgerError('USAGE', 'The settings have faults.', { faults });
  return read;
}

/** @throws LedgerError as `readSettings`, for the file alone */
export async function collectSettings(
  flags: ServeOptions,
  env: Environment,
  file: string | undefined,
): Promise<CollectedSettings> {
  const fromFile = file === undefined ? {} : await readFile(file);
  const faults: Fault[] = unknownNames(fromFile);
  const chosen = SETTINGS.flatMap((setting) => choose(setting, flags, env, { name: file ?? '', values: fromFile }));
  const judged = chosen.map((one) => ({ one, found: faultsOf(one) }));
  faults.push(...judged.flatMap(({ found }) => found), ...halfPairs(chosen), ...withoutMeaning(chosen));
  const sound = judged.filter(({ found }) => found.length === 0).map(({ one }) => one);
  return { options: Object.fromEntries(sound.map(({ setting, value }) => [setting.key, value])), chosen, faults };
}

/** Certificate and key of TLS, as they are given: both or none. */
export function tlsFilesOf({ tlsCertificate, tlsKey }: ServeOptions): TlsFiles | undefined {
  if (tlsCertificate === undefined || tlsKey === undefined) return undefined;
  return { certificate: tlsCertificate, privateKey: tlsKey };
}

function halfPairs(chosen: readonly Chosen[]): Fault[] {
  const given = chosen.filter(({ setting: { key } }) => key === 'tlsCertificate' || key === 'tlsKey');
  const [one] = given;
  if (one === undefined || given.length === 2) return [];
  return [fault(one.place, 'tls-certificate and tls-key go together: say both')];
}

/** Of the embedded peer, and of no other: somebody means something by them that would not come about. */
const EMBEDDED_ALONE: readonly string[] = ['msp', 'peer-port'];
/** The same of a gateway on a Fabric network. */
const FABRIC_ALONE: readonly string[] = ['driver', 'certificate', 'private-key', 'endorsers'];

function withoutMeaning(chosen: readonly Chosen[]): Fault[] {
  const isFabric = chosen.some(({ setting }) => setting.key === 'fabric');
  const [names, words] = isFabric
    ? [EMBEDDED_ALONE, 'it is for the embedded peer: leave it out with fabric']
    : [FABRIC_ALONE, 'it is for a Fabric network: leave it out, or say fabric'];
  return chosen.filter(({ setting }) => names.includes(setting.name)).map(({ place }) => fault(place, words));
}

async function readFile(file: string): Promise<FileSettings> {
  const text = decodeText(await readBytes(file), 'utf-8');
  // Loaded here: only a service with a file needs it.
  const { parse } = await import('yaml');
  try {
    const value: unknown = parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as FileSettings;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw new LedgerError('BAD_FILE', `${file} is neither YAML nor JSON: ${reason}`, { cause });
  }
  throw new LedgerError('BAD_FILE', `${file} holds no settings: "port: 8080" is one`);
}

function unknownNames(values: FileSettings): Fault[] {
  const known = SETTINGS.map(({ name }) => name);
  return Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => fault(`file ${name}`, `there is no setting ${JSON.stringify(name)}; there are ${known.join(', ')}`));
}

function choose(
  setting: Setting,
  flags: ServeOptions,
  env: Environment,
  file: { readonly name: string; readonly values: FileSettings },
): Chosen[] {
  const flag = flags[setting.key];
  if (flag !== undefined) return [{ setting, value: flag, source: 'command line', place: `--${setting.name}` }];
  const variable = setting.env.find((name) => (env[name] ?? '') !== '');
  if (variable !== undefined)
    return [{ setting, value: ofText(setting, env[variable] ?? ''), source: 'environment', place: variable }];
  const written = file.values[setting.name];
  if (written !== undefined && written !== null)
    return [{ setting, value: ofFile(setting, written, file.name), source: 'file', place: setting.name }];
  return setting.default === undefined
    ? []
    : [{ setting, value: setting.default, source: 'default', place: setting.name }];
}

function ofText(setting: Setting, text: string): Chosen['value'] {
  if (setting.isList === true) return text.split(',');
  if (setting.value !== undefined) return text;
  return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
}

/** Numbers stand in a file as numbers, lists as lists; a file is named from where the settings lie. */
function ofFile(setting: Setting, written: unknown, file: string): Chosen['value'] {
  if (setting.value === undefined) return typeof written === 'boolean' ? written : textOf(written);
  if (setting.isList === true) return (Array.isArray(written) ? written : [written]).map(textOf);
  const text = Array.isArray(written) ? written.map(textOf).join(',') : textOf(written);
  return setting.isFile === true ? path.resolve(path.dirname(file), text) : text;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function faultsOf({ setting, value, place }: Chosen): Fault[] {
  if (setting.value === undefined)
    return typeof value === 'boolean' ? [] : [fault(place, `${JSON.stringify(value)} is neither true nor false`)];
  const texts = typeof value === 'boolean' ? [String(value)] : typeof value === 'string' ? [value] : value;
  // As an unset variable of a shell leaves it: nobody means the folder or address with no name.
  if (texts.includes('')) return [fault(place, 'it is empty')];
  return texts.flatMap((text) => [...failing(setting, text, place), ...unreadable(setting, text, place)]);
}

function failing({ check }: Setting, text: string, place: string): Fault[] {
  try {
    check?.(text);
    return [];
  } catch (error) {
    if (error instanceof LedgerError) return [fault(place, error.message)];
    throw error;
  }
}

function unreadable({ isFile }: Setting, text: string, place: string): Fault[] {
  if (isFile !== true) return [];
  try {
    accessSync(text, constants.R_OK);
    return statSync(text).isDirectory()
      ? [{ path: place, code: 'FILE_UNREADABLE', message: `${text} is a folder, not a file` }]
      : [];
  } catch {
    return [{ path: place, code: 'FILE_UNREADABLE', message: `${text} cannot be read` }];
  }
}

function fault(place: string, message: string): Fault {
  return { path: place, code: 'USAGE', message };
}
