import { existsSync } from 'node:fs';
import path from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import type { ProfileAdditions } from '@carbon-ledger/gateway-api';
import type { Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { SERVING_HEAP_PERCENT, startEmbeddedService, type PeerNames } from '../service/embedded';
import { startFabricService } from '../service/fabric';
import { ownFounder, trialFounder } from '../service/founding';
import { Reloading } from '../service/reloading';
import { untilStopped, type RunningService, type ServedPeer, type ServingOptions } from '../service/serving';
import {
  parseGateways,
  parseNetworks,
  parsePort,
  parseProxies,
  parseQuorum,
  parseRate,
  parseSeconds,
  parseYears,
} from '../serving/parse';
import { dataDirOf, USUAL_HOST, USUAL_PORT } from '../serving/planned';
import { collectSettings, readSettings, tlsFilesOf } from '../serving/read-settings';
import { reportSettings } from '../serving/report-settings';
import { SETTINGS, type ServeOptions, type Setting } from '../serving/settings';
import { withExample, type Register } from '../tool';

/** On a network of organisations each is a witness of the others; on one machine there is nobody to witness. */
const FABRIC_COSIGN_SECONDS = '60';
/** A peer that was restarted or joined anew has then caught up, as a rule; the embedded one is never behind itself. */
const FABRIC_PEER_SECONDS = '300';
function cosigningOf(options: ServeOptions): Pick<ServingOptions, 'cosigning' | 'quorum'> {
  const text = options.cosignInterval ?? (options.fabric === undefined ? '0' : FABRIC_COSIGN_SECONDS);
  const seconds = parseSeconds(text);
  const own = { intervalMs: seconds * 1000, replaceKey: options.replaceCosignerKey === true };
  return {
    cosigning: seconds === 0 ? undefined : own,
    quorum: parseQuorum(options.quorum ?? '0'),
  };
}

function peerWaitOf({ peerWait, fabric }: ServeOptions): number {
  const text = peerWait ?? (fabric === undefined ? '0' : FABRIC_PEER_SECONDS);
  return parseSeconds(text) * 1000;
}

/** What parties call the service, whose word on a client's address is taken, and how often one client may ask. */
function accessOf({
  publicUrl,
  trustProxy,
  requestsPerMinute,
  shared,
  gateways,
  webhookNetworks,
  readLogYears,
}: ServeOptions): ServingOptions['access'] {
  const perMinute = requestsPerMinute === undefined ? undefined : parseRate(requestsPerMinute);
  return {
    publicUrls: publicUrl,
    trustedProxies: trustProxy === undefined ? undefined : parseProxies(trustProxy),
    limits: { requestsPerMinute: perMinute, gateways: parseGateways(gateways ?? '1') },
    sharedDir: shared === undefined ? undefined : path.resolve(shared),
    readLogYears: readLogYears === undefined ? undefined : parseYears(readLogYears),
    webhooks: webhookNetworks === undefined ? undefined : { networks: parseNetworks(webhookNetworks) },
  };
}

const trialWarning = 'TRIAL LEDGER: its parties sign with keys that anybody can make. Nothing on it proves anything.';

const isFounded = (dataDir: string): boolean => existsSync(path.join(dataDir, 'peer'));

const unfounded = (place: string): string =>
  `${place} holds no ledger yet: found one with --as USCC --founder-name NAME and a key of your keystore, or try one with --trial`;

/** On a Fabric network the channel alone knows. */
function lackingToFound({ party }: Context, options: ServeOptions): string[] {
  const { trial, fabric, founderName } = options;
  const isSaid = trial === true || fabric !== undefined || (party !== undefined && founderName !== undefined);
  const dataDir = dataDirOf(options);
  return isSaid || isFounded(dataDir) ? [] : [`${unfounded(dataDir)}.`];
}

type FounderOf = ServingOptions['founder'];

/** A new production ledger is founded by somebody with a key of their own; that must be said before anything is written. */
function founderOf(context: Context, options: ServeOptions, dataDir: string): FounderOf {
  if (options.trial === true) return (msp) => Promise.resolve(trialFounder(msp));
  const { party } = context;
  const name = options.founderName;
  if (party === undefined || name === undefined) {
    const message = unfounded(options.fabric ?? dataDir);
    if (options.fabric === undefined && !isFounded(dataDir)) throw new LedgerError('USAGE', message);
    return () => Promise.reject(new LedgerError('USAGE', message));
  }
  const keys = context.partyKeys();
  return async (msp, signedAt) => ownFounder({ uscc: party, name, msp, signer: await keys.signerOf(party), signedAt });
}

/** A folder is a trial for ever or never: what was founded with one kind of key is not served as the other. */
async function assertKind(running: RunningService, wantsTrial: boolean, context: Context): Promise<boolean> {
  const trial = await running.isTrial();
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

function peerOf({ peerPort, channel, chaincode, msp }: ServeOptions): PeerNames {
  return { port: peerPort === undefined ? undefined : parsePort(peerPort), channel, chaincode, msp };
}

interface ServeCommandOptions extends ServeOptions {
  readonly config?: string;
  readonly checkConfig?: boolean;
}

async function serve(context: Context, { config, checkConfig, ...flags }: ServeCommandOptions): Promise<number> {
  const file = config ?? context.io.env.CARBON_LEDGER_CONFIG;
  if (checkConfig === true) {
    const collected = await collectSettings(flags, context.io.env, file);
    return reportSettings(context, collected, lackingToFound(context, collected.options));
  }
  return serveWith(context, (await readSettings(flags, context.io.env, file)).options);
}

async function serveWith(context: Context, options: ServeOptions): Promise<number> {
  const dataDir = dataDirOf(options);
  const serving: ServingOptions = {
    dataDir,
    host: options.host ?? USUAL_HOST,
    port: parsePort(options.port ?? USUAL_PORT),
    founder: founderOf(context, options, dataDir),
    logLevel: options.logLevel ?? 'warn',
    drainMs: parseSeconds(options.drain ?? '0') * 1000,
    outsideFile: options.outside,
    ...cosigningOf(options),
    peerWaitMs: peerWaitOf(options),
    access: accessOf(options),
    tls: tlsFilesOf(options),
    now: () => context.now(),
    signal: context.io.signal,
  };
  if (options.fabric === undefined) context.io.keepHeapSmall(SERVING_HEAP_PERCENT);
  const running = await (options.fabric === undefined
    ? startEmbeddedService({ ...serving, oneThread: options.oneThread === true, peer: peerOf(options) })
    : startFabricService(options.fabric, {
        ...serving,
        profile: additionsOf(options),
        onSilence: (text) => {
          context.output.note(text);
        },
      }));
  const signals = await handleSignals(context, running);
  try {
    const trial = await assertKind(running, options.trial === true, context);
    const { url, founding, policyFile, peer } = running;
    context.output.result(
      { url, ledger: founding.ledgerId, founded: founding.isNew, trial, dataDir, policy: policyFile, peer },
      () =>
        [
          `Running at ${url}`,
          `ledger ${founding.ledgerId}`,
          `data   ${dataDir}`,
          `policy ${policyFile}`,
          ...formatPeer(peer),
        ].join('\n'),
    );
    signals.listen();
    await untilStopped(running, context.io.signal);
    context.output.note('Stopping …');
  } finally {
    signals.stop();
    await running.close();
  }
  return exitCodes.yes;
}

function formatPeer(peer: ServedPeer | undefined): string[] {
  if (peer === undefined) return [];
  const { endpoint, channel, chaincode, msp, profile } = peer;
  return [`peer   ${endpoint} (channel ${channel}, chaincode ${chaincode}, ${msp}), profile ${profile}`];
}

/** How often files are looked at that may be renewed; SIGHUP does not wait for it. */
const LOOK_MS = 60_000;

interface Signals {
  listen(): void;
  stop(): void;
}

/** SIGUSR2 switches the log; SIGHUP reads certificates again, but not on a terminal, whose end it tells. */
async function handleSignals({ output }: Context, running: RunningService): Promise<Signals> {
  const reloading = await Reloading.open(running.reloadables, (line) => {
    output.note(line);
  });
  const switchLog = (): void => {
    output.note(`Log level ${running.switchLog()}.`);
  };
  const reload = (): void => void reloading.all();
  let look: NodeJS.Timeout | undefined;
  return {
    listen: () => {
      process.on('SIGUSR2', switchLog);
      if (!process.stdin.isTTY) process.on('SIGHUP', reload);
      look = setInterval(() => void reloading.changed(), LOOK_MS);
      look.unref();
    },
    stop: () => {
      process.off('SIGUSR2', switchLog);
      process.off('SIGHUP', reload);
      clearInterval(look);
    },
  };
}

/** Without defaults: what was not said on the command line may be said elsewhere. */
function addSetting(command: Command, { name, value, help, isList, default: usual }: Setting): void {
  const flags = value === undefined ? `--${name}` : `--${name} ${value}`;
  const text = usual === undefined ? help : `${help} (default: ${usual})`;
  if (isList === true) command.option(flags, text, addOne);
  else command.option(flags, text);
}

/** commander gives no earlier value the first time. */
function addOne(one: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), one];
}

export const registerServe: Register = (program, tool) => {
  const command = program
    .command('serve')
    .summary('embedded ledger and gateway, in the foreground')
    .description(
      'Run the embedded ledger and its gateway in the foreground; Ctrl-C or SIGTERM stops it cleanly. A new folder is founded by the party of --as with a key of its own; --trial founds a trial ledger, whose parties sign with trial keys.',
    )
    .option('--config <file>', 'settings in YAML or JSON, by the names of these options (or CARBON_LEDGER_CONFIG)')
    .option('--check-config', 'look at all settings and the files that they name, tell every fault, and do not serve');
  for (const setting of SETTINGS) addSetting(command, setting);
  command.action(function (this: Command, options: ServeCommandOptions) {
    return tool.run(this, (context) => serve(context, options));
  });
  withExample(command, 'carbon-ledger serve --trial --data data/trial --port 8080');
};
