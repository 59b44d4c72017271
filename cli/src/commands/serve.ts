import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import type { ProfileAdditions } from '@carbon-ledger/gateway-api';
import type { Command } from 'commander';
import type { Context } from '../context';
import { KeystoreKeys } from '../keys/party-keys';
import { exitCodes } from '../output/problem';
import { startEmbeddedService } from '../service/embedded';
import { startFabricService } from '../service/fabric';
import { ownFounder, trialFounder } from '../service/founding';
import { Service } from '../service/service';
import { untilStopped, type RunningService, type ServingOptions } from '../service/serving';
import { withExample, type Register } from '../tool';
import { LedgerClient } from '@carbon-ledger/client-sdk';

interface ServeOptions {
  readonly data?: string;
  readonly port?: string;
  readonly host: string;
  readonly trial?: boolean;
  readonly fabric?: string;
  readonly driver?: string;
  readonly channel?: string;
  readonly chaincode?: string;
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly endorsers?: string;
  readonly oneThread?: boolean;
  readonly founderName?: string;
  readonly outside?: string;
  readonly cosignInterval?: string;
  readonly quorum?: string;
  readonly replaceCosignerKey?: boolean;
  readonly peerWait?: string;
  readonly publicUrl?: readonly string[];
  readonly trustProxy?: string;
  readonly requestsPerMinute?: string;
  readonly logLevel: string;
}

export function parsePort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port <= 65_535) return port;
  throw new LedgerError('USAGE', `${JSON.stringify(text)} is not a port`);
}

function parseCount(text: string, what: string, most: number): number {
  const count = Number(text);
  if (/^[0-9]{1,7}$/.test(text) && count <= most) return count;
  throw new LedgerError('USAGE', `${JSON.stringify(text)} is not ${what} from 0 to ${String(most)}`);
}

const DAY_SECONDS = 86_400;
/** On a network of organisations each is a witness of the others; on one machine there is nobody to witness. */
const FABRIC_COSIGN_SECONDS = '60';
/** A peer that was restarted or joined anew has then caught up, as a rule; the embedded one is never behind itself. */
const FABRIC_PEER_SECONDS = '300';
/** Witnesses that a policy may name. */
const MOST_COSIGNERS = 32;

function cosigningOf(options: ServeOptions): Pick<ServingOptions, 'cosigning' | 'quorum'> {
  const text = options.cosignInterval ?? (options.fabric === undefined ? '0' : FABRIC_COSIGN_SECONDS);
  const seconds = parseCount(text, 'a number of seconds', DAY_SECONDS);
  const own = { intervalMs: seconds * 1000, replaceKey: options.replaceCosignerKey === true };
  return {
    cosigning: seconds === 0 ? undefined : own,
    quorum: parseCount(options.quorum ?? '0', 'a number of organisations', MOST_COSIGNERS),
  };
}

function peerWaitOf({ peerWait, fabric }: ServeOptions): number {
  const text = peerWait ?? (fabric === undefined ? '0' : FABRIC_PEER_SECONDS);
  return parseCount(text, 'a number of seconds', DAY_SECONDS) * 1000;
}

/** What parties call the service, whose word on a client's address is taken, and how often one client may ask. */
function accessOf({ publicUrl, trustProxy, requestsPerMinute }: ServeOptions): ServingOptions['access'] {
  const perMinute = requestsPerMinute === undefined ? undefined : parseCount(requestsPerMinute, 'a number', 9_999_999);
  return {
    publicUrls: publicUrl,
    trustedProxies: trustProxy?.split(',').map(parseProxy),
    limits: { requestsPerMinute: perMinute },
  };
}

function parseProxy(text: string): string {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const isNetwork = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= most);
  if (isIP(address) !== 0 && isNetwork && rest.length === 0) return text;
  throw new LedgerError(
    'USAGE',
    `${JSON.stringify(text)} is no address or network of a proxy (10.0.0.7 or 10.0.0.0/24)`,
  );
}

function addPublicUrl(url: string, earlier: readonly string[] = []): readonly string[] {
  if (/^https?:\/\/[^/?#@\s]+\/?$/i.test(url) && URL.canParse(url)) return [...earlier, url];
  throw new LedgerError('USAGE', `${JSON.stringify(url)} is no address of a service (https://ledger.example)`);
}

const trialWarning = 'TRIAL LEDGER: its parties sign with keys that anybody can make. Nothing on it proves anything.';

type FounderOf = ServingOptions['founder'];

/** A new production ledger is founded by somebody with a key of their own; that must be said before anything is written. */
function founderOf(context: Context, options: ServeOptions, dataDir: string): FounderOf {
  if (options.trial === true) return (msp) => Promise.resolve(trialFounder(msp));
  const { party } = context;
  const name = options.founderName;
  if (party === undefined || name === undefined) {
    const message = `${options.fabric ?? dataDir} holds no ledger yet: found one with --as USCC --founder-name NAME and a key of your keystore, or try one with --trial`;
    if (options.fabric === undefined && !existsSync(path.join(dataDir, 'peer')))
      throw new LedgerError('USAGE', message);
    return () => Promise.reject(new LedgerError('USAGE', message));
  }
  const keys = new KeystoreKeys(context.keys, context.io);
  return async (msp, signedAt) => ownFounder({ uscc: party, name, msp, signer: await keys.signerOf(party), signedAt });
}

function dataDirOf(context: Context, options: ServeOptions): string {
  const name = options.fabric !== undefined ? 'gateway' : options.trial === true ? 'trial' : 'ledger';
  return path.resolve(options.data ?? context.io.env.DATA_DIR ?? path.join('data', name));
}

/** A folder is a trial for ever or never: what was founded with one kind of key is not served as the other. */
async function assertKind(running: RunningService, wantsTrial: boolean, context: Context): Promise<boolean> {
  const { trial } = await new Service(
    new LedgerClient({ baseUrl: running.url }),
    new KeystoreKeys(context.keys, context.io),
  ).ledger();
  if (wantsTrial && !trial) throw new LedgerError('NOT_A_TRIAL', 'this folder holds a production ledger');
  if (trial) context.output.note(trialWarning);
  return trial;
}

function additionsOf({
  driver,
  channel,
  chaincode,
  certificate,
  privateKey,
  endorsers,
}: ServeOptions): ProfileAdditions {
  return { driver, channel, chaincode, certificate, privateKey, endorsers: endorsers?.split(',') };
}

async function serve(context: Context, options: ServeOptions): Promise<number> {
  const dataDir = dataDirOf(context, options);
  const serving: ServingOptions = {
    dataDir,
    host: options.host,
    port: parsePort(options.port ?? context.io.env.PORT ?? '8080'),
    founder: founderOf(context, options, dataDir),
    logLevel: options.logLevel,
    outsideFile: options.outside,
    ...cosigningOf(options),
    peerWaitMs: peerWaitOf(options),
    access: accessOf(options),
    now: () => context.now(),
    signal: context.io.signal,
  };
  const running = await (options.fabric === undefined
    ? startEmbeddedService({ ...serving, oneThread: options.oneThread === true })
    : startFabricService(options.fabric, { ...serving, profile: additionsOf(options) }));
  try {
    const trial = await assertKind(running, options.trial === true, context);
    const { url, founding, policyFile } = running;
    context.output.result(
      { url, ledger: founding.ledgerId, founded: founding.isNew, trial, dataDir, policy: policyFile },
      () =>
        [`Running at ${url}`, `ledger ${founding.ledgerId}`, `data   ${dataDir}`, `policy ${policyFile}`].join('\n'),
    );
    await untilStopped(running, context.io.signal);
    context.output.note('Stopping …');
  } finally {
    await running.close();
  }
  return exitCodes.yes;
}

export const registerServe: Register = (program, tool) => {
  const command = program
    .command('serve')
    .summary('embedded ledger and gateway, in the foreground')
    .description(
      'Run the embedded ledger and its gateway in the foreground; Ctrl-C or SIGTERM stops it cleanly. A new folder is founded by the party of --as with a key of its own; --trial founds a trial ledger, whose parties sign with trial keys.',
    )
    .option('--data <folder>', 'data folder (or DATA_DIR; default data/ledger, with --trial data/trial)')
    .option('--port <port>', 'port, 0 for a free one (or PORT; default 8080)')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--trial', 'a trial ledger, whose parties sign with trial keys')
    .option(
      '--fabric <profile>',
      "serve a Fabric network instead: gateway profile or common connection profile of one's own organisation",
    )
    .option('--driver <name>', 'fabric-gateway (default) or fabric-network, for peers without a gateway service')
    .option('--channel <name>', 'channel, where the profile does not say')
    .option('--chaincode <name>', 'chaincode, where the profile does not say')
    .option('--certificate <file>', "the gateway's certificate, where the profile does not say")
    .option('--private-key <file>', "the gateway's private key, where the profile does not say")
    .option('--endorsers <msp,...>', 'organisations that are asked to endorse; default: as the peer finds by policy')
    .option('--one-thread', 'embedded peer and gateway on one thread: less memory, less throughput')
    .option('--founder-name <name>', 'name of the founding authority of a new ledger')
    .option('--outside <file>', 'witnesses, time-stamping authority, outside chain (docs/formats/witness.md)')
    .option(
      '--cosign-interval <seconds>',
      "cosign the log in one's own organisation's name at most this often; 0 does not (default 60 with --fabric, else 0)",
    )
    .option('--quorum <organisations>', 'organisations whose cosignature the policy asks of every receipt', '0')
    .option('--replace-cosigner-key', "take the place of the cosigning key registered for one's own organisation")
    .option(
      '--peer-wait <seconds>',
      'how long a start waits for a peer that is behind what was read before (default 300 with --fabric, else 0)',
    )
    .option(
      '--public-url <url>',
      'what parties call this service, as https://ledger.example; repeat for more names. They sign in for these names and no others (default: the loopback names and --host)',
      addPublicUrl,
    )
    .option(
      '--trust-proxy <address,...>',
      'addresses or networks of the proxies in front, whose X-Forwarded-For is believed (default: none is)',
    )
    .option('--requests-per-minute <number>', 'requests that one client may make in a minute (default 120000)')
    .option('--log-level <level>', 'level of the log on stderr', 'warn')
    .action(function (this: Command, options: ServeOptions) {
      return tool.run(this, (context) => serve(context, options));
    });
  withExample(command, 'carbon-ledger serve --trial --data data/trial --port 8080');
};
