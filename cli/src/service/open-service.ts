import { LedgerClient, type Fetch } from '@carbon-ledger/client-sdk';
import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import type { Context } from '../context';
import { trialKeys, type PartyKeys } from '../keys/party-keys';
import { Service } from './service';

export interface ServiceOptions {
  /** On a trial ledger, whose figures are read where `--as` names nobody. */
  readonly reader?: string | undefined;
  /** False: the party may not be registered yet, as before a first import. Then the service is read as the public reads it. */
  readonly registered?: boolean;
  /** Sign with trial keys whatever the keystore holds (`--trial-keys`). */
  readonly trialKeys?: boolean;
}

/** Ctrl-C ends a question at once, but never a submission under way: its outcome is worth a moment. */
function stoppableFetch(signal: AbortSignal): Fetch {
  return (url, init) => fetch(url, new URL(url).pathname === '/v1/submissions' ? init : { ...init, signal });
}

/** Keystore before trial keys; the latter only on a ledger that is marked as a trial. */
async function chooseKeys(context: Context, isTrial: boolean, options: ServiceOptions): Promise<PartyKeys> {
  if (options.trialKeys === true) {
    if (isTrial) return trialKeys;
    throw new LedgerError('NOT_A_TRIAL', `${context.url} is not a trial ledger`);
  }
  const keystore = context.partyKeys();
  const party = context.party ?? options.reader;
  const held = party !== undefined && (await keystore.has(party));
  return isTrial && !held ? trialKeys : keystore;
}

async function isRegistered(client: LedgerClient, party: string): Promise<boolean> {
  const { heads } = await client.heads([`${party}/-/-/party`]);
  return heads[0] != null;
}

interface Chosen {
  readonly keys: PartyKeys;
  /** On any other ledger nothing is done in a party's name that `--as` does not name, whatever keys lie here. */
  readonly isTrial: boolean;
}

async function actingParty(
  context: Context,
  client: LedgerClient,
  { keys, isTrial }: Chosen,
  options: ServiceOptions,
): Promise<string | undefined> {
  const party = context.party ?? (isTrial ? options.reader : undefined);
  if (party === undefined) return undefined;
  if (options.registered === false && !(await isRegistered(client, party))) return undefined;
  if (await keys.has(party)) return party;
  if (context.party === undefined) return undefined;
  throw new LedgerError('KEY_NOT_HELD', `no key of ${party} in ${context.keys.folder}`);
}

const notNow: readonly string[] = ['PARTY_UNKNOWN', 'PARTY_SUSPENDED', 'PARTY_ENDED', 'KEY_UNKNOWN', 'KEY_NOT_VALID'];

/** Nobody asked to act in its name: what is open to all is read also of a party that can do nothing any more. */
async function maySignIn(client: LedgerClient): Promise<boolean> {
  try {
    await client.call('getSession');
    return true;
  } catch (error) {
    if (isLedgerError(error) && notNow.includes(error.code)) return false;
    throw error;
  }
}

/**
 * The service, signed in to as the party of `--as`. Without it, a trial ledger is read as the party that is asked about,
 * because everybody has its key, where it may sign in at all; any other ledger is read as the public reads it.
 */
export async function openService(context: Context, options: ServiceOptions): Promise<Service> {
  const connection = { baseUrl: context.url, fetch: stoppableFetch(context.io.signal), clock: context.io.now };
  const open = new LedgerClient(connection);
  if (context.party === undefined && options.reader === undefined) {
    return new Service(open, context.partyKeys());
  }
  const { trial } = await open.ledger();
  const keys = await chooseKeys(context, trial, options);
  const party = await actingParty(context, open, { keys, isTrial: trial }, options);
  if (party === undefined) return new Service(open, keys);
  const own = new LedgerClient({ ...connection, party, signer: await keys.signerOf(party) });
  if (context.party === undefined && !(await maySignIn(own))) {
    context.output.noteOnce(
      context.inWords({
        en: `${party} may not sign in (suspended, ended, or by another key): read as the public reads it.`,
        zh: `${party} 不能登录（已暂停、已终止或密钥不符）：按公众可见范围读取。`,
      }),
    );
    return new Service(open, keys);
  }
  if (keys === trialKeys)
    context.output.noteOnce(
      context.inWords({
        en: `Trial ledger: acting as ${party} with its trial key, which anybody can make.`,
        zh: `试用账本：以 ${party} 的试用密钥操作，该密钥任何人都能生成。`,
      }),
    );
  return new Service(own, keys);
}
