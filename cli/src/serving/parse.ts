import { isIP } from 'node:net';
import { LedgerError } from '@carbon-ledger/core';
import { quoted } from '../output/quoted';

const DAY_SECONDS = 86_400;
/** Witnesses that a policy may name. */
const MOST_COSIGNERS = 32;
const MOST_YEARS = 100;
const MOST_GATEWAYS = 100;

export function parsePort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port <= 65_535) return port;
  throw new LedgerError('USAGE', `${quoted(text)} is not a port`);
}

function parseCount(text: string, what: string, most: number): number {
  const count = Number(text);
  if (/^[0-9]{1,7}$/.test(text) && count <= most) return count;
  throw new LedgerError('USAGE', `${quoted(text)} is not ${what} from 0 to ${String(most)}`);
}

export function parseSeconds(text: string): number {
  return parseCount(text, 'a number of seconds', DAY_SECONDS);
}

export function parseQuorum(text: string): number {
  return parseCount(text, 'a number of organisations', MOST_COSIGNERS);
}

/** At least one. */
export function parseGateways(text: string): number {
  const count = parseCount(text, 'a number of gateways', MOST_GATEWAYS);
  if (count > 0) return count;
  throw new LedgerError('USAGE', 'a service has one gateway at least');
}

/** Whole years, at least one. */
export function parseYears(text: string): number {
  const years = parseCount(text, 'a number of years', MOST_YEARS);
  if (years > 0) return years;
  throw new LedgerError('USAGE', 'what is kept is kept for a year at least');
}

export function parseRate(text: string): number {
  return parseCount(text, 'a number', 9_999_999);
}

export function parseProxies(text: string): string[] {
  return networksOf(text, ' of a proxy');
}

export function parseNetworks(text: string): string[] {
  return networksOf(text, '');
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const isSized = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= most);
  return isIP(address) !== 0 && isSized && rest.length === 0;
}

/** All that are none are named, not only the first. */
function networksOf(text: string, whose: string): string[] {
  const networks = text.split(',');
  const wrong = networks.filter((one) => !isNetwork(one)).map(quoted);
  if (wrong.length === 0) return networks;
  const verb = wrong.length > 1 ? 'are' : 'is';
  const message = `${wrong.join(', ')} ${verb} no address or network${whose} (10.0.0.7 or 10.0.0.0/24)`;
  throw new LedgerError('USAGE', message);
}

export function parsePublicUrl(url: string): string {
  if (/^https?:\/\/[^/?#@\s]+\/?$/i.test(url) && URL.canParse(url)) return url;
  throw new LedgerError('USAGE', `${quoted(url)} is no address of a service (https://ledger.example)`);
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export function parseLogLevel(text: string): string {
  if (LOG_LEVELS.some((level) => level === text)) return text;
  throw new LedgerError('USAGE', `${quoted(text)} is no level of the log: ${LOG_LEVELS.join(', ')}`);
}

const DRIVER_NAMES = ['fabric-gateway', 'fabric-network'];

export function parseDriver(text: string): string {
  if (DRIVER_NAMES.includes(text)) return text;
  throw new LedgerError('USAGE', `${quoted(text)} is no driver: ${DRIVER_NAMES.join(', ')}`);
}

/** As Fabric has them (`common/configtx`, `core/chaincode/lifecycle`); an MSP id is a folder of the embedded peer too. */
const NAMES = {
  channel: [/^[a-z][a-z0-9.-]{0,248}$/, 'small letters, digits, "." and "-", beginning with a letter'],
  chaincode: [/^(?=.{1,100}$)[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/, 'letters and digits, with "-" or "_" between them'],
  MSP: [/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'letters, digits, "_", "." and "-", beginning with a letter or digit'],
} as const;

function parseName(what: keyof typeof NAMES): (text: string) => string {
  const [pattern, words] = NAMES[what];
  return (text) => {
    if (pattern.test(text)) return text;
    throw new LedgerError('USAGE', `${quoted(text)} names no ${what}: ${words}`);
  };
}

export const parseChannel = parseName('channel');
export const parseChaincode = parseName('chaincode');
export const parseMsp = parseName('MSP');
