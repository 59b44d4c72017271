import { canonicalize, formatVkey, LedgerError, utf8Encode, verifyTimestamp } from '@carbon-ledger/core';
import type { Command } from 'commander';
import { parseUrl, type Context } from '../context';
import { readBytes } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { readCheckpointFile } from '../receipts/checkpoint-file';
import { withExample, type Register, type Tool } from '../tool';

/** Most of what these commands need is the gateway's, and is loaded only when one of them runs. */
const gateway = (): Promise<typeof import('@carbon-ledger/gateway-api')> => import('@carbon-ledger/gateway-api');

function parseChainId(text: string): string {
  if (/^[1-9][0-9]{0,19}$/.test(text)) return text;
  throw new LedgerError('USAGE', `${JSON.stringify(text)} is no chain id`);
}

function parseContract(text: string): string {
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return text.toLowerCase();
  throw new LedgerError('USAGE', `${JSON.stringify(text)} is no address of a contract`);
}

interface WitnessKeyOptions {
  readonly data: string;
  readonly name: string;
}

async function witnessKey(context: Context, { data, name }: WitnessKeyOptions): Promise<number> {
  if (!/^[^\s+]{1,200}$/.test(name)) throw new LedgerError('USAGE', `${JSON.stringify(name)} is no name of a witness`);
  const key = formatVkey((await gateway()).ownWitness(data, name).key);
  context.output.result({ key }, () => key);
  return exitCodes.yes;
}

interface DeployOptions {
  readonly node: string;
  readonly chainId: string;
  readonly keyFile: string;
}

async function deploy(context: Context, { node, chainId, keyFile }: DeployOptions): Promise<number> {
  const { deployWitnessContract, readPosterKey } = await gateway();
  const url = parseUrl(node);
  const privateKey = await readPosterKey(keyFile);
  const made = await deployWitnessContract({ url, chainId: parseChainId(chainId), privateKey });
  const { contract, poster } = made;
  context.output.result(made, () => `chain    ${chainId}\ncontract ${contract}\nposter   ${poster}`);
  return exitCodes.yes;
}

interface EvidenceOptions {
  readonly node: string;
  readonly chainId: string;
  readonly contract: string;
  readonly block: string;
  readonly output: string;
}

async function evidence(context: Context, file: string, options: EvidenceOptions): Promise<number> {
  const { EvmClient, makeEvmEvidence } = await gateway();
  const { origin, size } = await readCheckpointFile(file);
  const chainId = parseChainId(options.chainId);
  const client = new EvmClient({ url: parseUrl(options.node), chainId, contract: parseContract(options.contract) });
  try {
    const made = await makeEvmEvidence(client, { origin, size }, options.block);
    await writeWhole(options.output, canonicalize(made.evidence));
    const answer = { block: made.block, file: options.output, size: size.toString() };
    context.output.result(answer, () => `block ${made.block}\n${options.output}`);
    context.output.note(
      'Whoever checks it must know this block from elsewhere: a node of their own, explorers, print.',
    );
    return exitCodes.yes;
  } finally {
    await client.close();
  }
}

interface TimestampOptions {
  readonly authority?: string;
  readonly token?: string;
  readonly root: readonly string[];
  readonly output?: string;
}

/** A certificate as a file holds it: DER, or the first one of PEM. */
async function readCertificate(file: string): Promise<Uint8Array> {
  const bytes = await readBytes(file);
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/.exec(bytes.toString('latin1'))?.[1];
  return pem === undefined ? bytes : Uint8Array.from(Buffer.from(pem, 'base64'));
}

async function tokenFor(
  message: Uint8Array,
  roots: readonly Uint8Array[],
  options: TimestampOptions,
): Promise<Uint8Array> {
  const { authority, token, output } = options;
  if (token !== undefined) return readBytes(token);
  if (authority === undefined || output === undefined)
    throw new LedgerError('USAGE', 'give a token to check (--token), or an authority to ask (--authority, --output)');
  const { TimestampClient } = await gateway();
  const stamped = await new TimestampClient({ url: parseUrl(authority), roots }).stamp(message);
  await writeWhole(output, stamped.token);
  return stamped.token;
}

async function timestamp(context: Context, file: string, options: TimestampOptions): Promise<number> {
  const { text, size } = await readCheckpointFile(file);
  const message = utf8Encode(text);
  const roots = await Promise.all(options.root.map(readCertificate));
  const token = await tokenFor(message, roots, options);
  const { time, authority } = verifyTimestamp({ token, message, roots });
  context.output.result(
    { time, authority, size: size.toString() },
    () => `The log held its first ${size.toString()} records no later than ${time}, says ${authority}.`,
  );
  return exitCodes.yes;
}

function registerParts(outside: Command, tool: Tool): void {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  withExample(
    outside
      .command('witness-key')
      .description(
        'Show the key with which this gateway cosigns the logs of others; it is made if it is not there yet.',
      )
      .requiredOption('--data <folder>', 'data folder of the gateway')
      .requiredOption('--name <name>', 'name in its cosignatures, a URL without scheme')
      .action(function (this: Command, options: WitnessKeyOptions) {
        return tool.run(this, (context) => witnessKey(context, options));
      }),
    'carbon-ledger outside witness-key --data data/ledger --name witness.example/province',
  );
  withExample(
    outside
      .command('deploy')
      .description(
        'Put the contract that witnesses checkpoints on an EVM chain. The account of the key alone may post.',
      )
      .requiredOption('--node <url>', 'JSON-RPC of a node of the chain')
      .requiredOption('--chain-id <id>', 'EIP-155 chain id')
      .requiredOption('--key-file <file>', 'key of the account, 64 hex digits')
      .action(function (this: Command, options: DeployOptions) {
        return tool.run(this, (context) => deploy(context, options));
      }),
    'carbon-ledger outside deploy --node https://node.example --chain-id 1 --key-file poster.key',
  );
  withExample(
    outside
      .command('evidence')
      .description(
        'Take evidence of a posted checkpoint out of a chain, to be checked offline by the hash of one block.',
      )
      .argument('<file>', 'a receipt, or a checkpoint')
      .requiredOption('--node <url>', 'JSON-RPC of a node of the chain')
      .requiredOption('--chain-id <id>', 'EIP-155 chain id')
      .requiredOption('--contract <address>', 'the contract')
      .option('--block <tag>', 'finalized, latest, or a number in hex', 'finalized')
      .requiredOption('-o, --output <file>', 'where to write it')
      .action(function (this: Command, file: string, options: EvidenceOptions) {
        return tool.run(this, (context) => evidence(context, file, options));
      }),
    'carbon-ledger outside evidence annual.receipt --node https://node.example --chain-id 1 --contract 0x… -o evidence.json',
  );
  withExample(
    outside
      .command('timestamp')
      .description('Have a checkpoint timestamped (RFC 3161), or check such a timestamp offline.')
      .argument('<file>', 'a receipt, or a checkpoint')
      .requiredOption('--root <file>', 'root certificate of the authority, PEM or DER; may be repeated', collect, [])
      .option('--authority <url>', 'time-stamping authority to ask')
      .option('-o, --output <file>', 'where to write its token')
      .option('--token <file>', 'token to check instead')
      .action(function (this: Command, file: string, options: TimestampOptions) {
        return tool.run(this, (context) => timestamp(context, file, options));
      }),
    'carbon-ledger outside timestamp annual.receipt --authority https://tsa.example --root tsa.pem -o annual.tst',
  );
}

export const registerOutside: Register = (program, tool) => {
  const outside = program
    .command('outside')
    .summary('witness keys, timestamps, and evidence from an EVM chain')
    .description(
      'What joins a log to the world outside of its operators: keys of witnesses, RFC 3161 timestamps, an EVM chain. serve --outside FILE does all of this by itself on a cadence.',
    );
  registerParts(outside, tool);
  withExample(outside, 'carbon-ledger outside witness-key --data data/ledger --name witness.example/province');
};
