import { LedgerError, toHex, trialKey } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import type { KeyEntry } from '../keys/key-store';
import { newPassphrase } from '../keys/passphrase';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import { withExample, type Register } from '../tool';

const columns: readonly Column<KeyEntry>[] = [
  { title: 'PARTY', value: (key) => key.party },
  { title: 'KEY', value: (key) => key.address },
  { title: 'MADE', value: (key) => key.createdAt },
  { title: 'KIND', value: (key) => (key.trial ? 'trial: anybody can make it' : 'party key') },
];

/** 32 random bytes as a key, or the trial key of the party, which anybody can derive. */
async function privateKeyFor(party: string, isTrial: boolean): Promise<string> {
  if (isTrial) return `0x${toHex(trialKey(party))}`;
  const { Wallet } = await import('ethers');
  return Wallet.createRandom().privateKey;
}

const advice = {
  own: 'Have the authority that registered the party add this key to its record before signing with it.',
  trial: 'This is a TRIAL key: anybody can make it. It is of use on trial ledgers only.',
} as const;

async function newKey(context: Context, isTrial: boolean): Promise<number> {
  const party = context.requireParty();
  const passphrase = await newPassphrase(context.io);
  const privateKey = await privateKeyFor(party, isTrial);
  const createdAt = context.now();
  const entry = await context.keys.add({ party, privateKey, trial: isTrial, createdAt, passphrase });
  context.output.note(isTrial ? advice.trial : advice.own);
  context.output.result(entry, () => `${entry.address}\n${entry.file}`);
  return exitCodes.yes;
}

async function listKeys(context: Context): Promise<number> {
  const all = await context.keys.list();
  const keys = context.party === undefined ? all : all.filter((key) => key.party === context.party);
  if (keys.length === 0) context.output.note(`No keys in ${context.keys.folder}.`);
  context.output.result({ folder: context.keys.folder, keys }, () => formatTable(columns, keys));
  return exitCodes.yes;
}

async function showKey(context: Context, name: string): Promise<number> {
  const keys = await context.keys.find(name);
  if (keys.length === 0) throw new LedgerError('KEY_NOT_HELD', `no key of ${name} in ${context.keys.folder}`);
  const shown = keys.map((key) => ({ ...key, suite: 'eip712-secp256k1', keyId: key.address }));
  context.output.result({ keys: shown }, () =>
    shown
      .map(
        (key) =>
          `party   ${key.party}\nkey     ${key.keyId}\nsuite   ${key.suite}\nmade    ${key.createdAt}\ntrial   ${key.trial ? 'yes' : 'no'}\nfile    ${key.file}`,
      )
      .join('\n\n'),
  );
  return exitCodes.yes;
}

export const registerKeys: Register = (program, tool) => {
  const keys = program
    .command('keys')
    .summary('party keys in an encrypted keystore')
    .description(
      'Party keys in an encrypted keystore (Ethereum JSON keystore). A private key never leaves this machine.',
    );
  withExample(
    keys
      .command('new')
      .description('Make a key for the party named by --as.')
      .option('--trial', 'the trial key of the party instead of a random one; it is marked as such')
      .action(function (this: Command, options: { readonly trial?: boolean }) {
        return tool.run(this, (context) => newKey(context, options.trial === true));
      }),
    'carbon-ledger keys new --as 91140100MA0FAKE2XU',
  );
  withExample(
    keys
      .command('list')
      .description('List the keys that are there; private keys stay closed.')
      .action(function (this: Command) {
        return tool.run(this, listKeys);
      }),
    'carbon-ledger keys list --json',
  );
  withExample(
    keys
      .command('show')
      .description('Show the public part of the keys of a party, or of one key.')
      .argument('<party-or-key>', 'USCC or 0x address')
      .action(function (this: Command, name: string) {
        return tool.run(this, (context) => showKey(context, name));
      }),
    'carbon-ledger keys show 91140100MA0FAKE2XU',
  );
  withExample(keys, 'carbon-ledger keys new --as 91140100MA0FAKE2XU');
};
