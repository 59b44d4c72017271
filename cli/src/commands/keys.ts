import type { SignatureSuite, Title } from '@carbon-ledger/core';
import { toHex } from '@carbon-ledger/core/bytes';
import { LedgerError } from '@carbon-ledger/core/errors';
import type { Command } from 'commander';
import type { Context } from '../context';
import type { KeyEntry, NewKey } from '../keys/key-store';
import { newPassphrase, readPassphrase } from '../keys/passphrase';
import { readForeignKey } from '../keys/read-foreign-key';
import { requestKey } from '../keys/request';
import { languageOf, type Language } from '../output/language';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import { withExample, type Register } from '../tool';
import { registerKeysRotate } from './keys-rotate';

function columnsIn(language: Language): readonly Column<KeyEntry>[] {
  const title = (en: string, zh: string): string => (language === 'zh' ? zh : en);
  return [
    { title: title('PARTY', '主体'), value: (key) => key.party ?? '-' },
    { title: title('KEY', '密钥'), value: (key) => key.keyId },
    { title: title('SUITE', '算法'), value: (key) => key.suite },
    { title: title('MADE', '生成时间'), value: (key) => key.createdAt ?? '-' },
    { title: title('KIND', '种类'), value: (key) => kindOf(key)[language] },
  ];
}

const kinds = {
  other: { en: 'of another program: keys import', zh: '其他程序的密钥：keys import' },
  trial: { en: 'trial: anybody can make it', zh: '试用：任何人都可生成' },
  own: { en: 'party key', zh: '主体密钥' },
} as const satisfies Readonly<Record<string, Title>>;

function kindOf({ trial, party }: KeyEntry): Title {
  if (party === null) return kinds.other;
  return trial ? kinds.trial : kinds.own;
}

/** 32 random bytes as a key of either suite, or the trial key of the party, which anybody can derive. */
async function privateKeyFor(party: string, isTrial: boolean): Promise<string> {
  if (isTrial) return `0x${toHex((await import('@carbon-ledger/plant-year/trial')).trialKey(party))}`;
  const { Wallet } = await import('ethers');
  return Wallet.createRandom().privateKey;
}

const advice = {
  own: {
    en: 'Have the authority that registers the party enter this key before signing with it: carbon-ledger keys request.',
    zh: '签名之前，请登记该主体的主管部门登记此密钥：carbon-ledger keys request。',
  },
  trial: {
    en: 'This is a TRIAL key: anybody can make it. It is of use on trial ledgers only.',
    zh: '这是试用密钥：任何人都可生成，仅可用于试用账本。',
  },
} as const satisfies Readonly<Record<string, Title>>;

const suites: Readonly<Record<string, SignatureSuite>> = {
  secp256k1: 'eip712-secp256k1',
  'eip712-secp256k1': 'eip712-secp256k1',
  sm2: 'sm2-sm3',
  'sm2-sm3': 'sm2-sm3',
};

/** @throws LedgerError USAGE */
function suiteOf(name: string): SignatureSuite {
  const suite = suites[name.toLowerCase()];
  if (suite !== undefined) return suite;
  throw new LedgerError('USAGE', `${JSON.stringify(name)} is no suite: secp256k1 or sm2`);
}

interface NewOptions {
  readonly trial?: boolean;
  readonly suite: string;
}

async function newKey(context: Context, options: NewOptions): Promise<number> {
  const [isTrial, suite] = [options.trial === true, suiteOf(options.suite)];
  if (isTrial && suite === 'sm2-sm3') throw new LedgerError('USAGE', 'trial keys are of suite secp256k1');
  const party = context.requireParty();
  const passphrase = await newPassphrase(context.io);
  const privateKey = await privateKeyFor(party, isTrial);
  return store(context, { party, suite, privateKey, trial: isTrial, createdAt: context.now(), passphrase });
}

async function store(context: Context, key: NewKey): Promise<number> {
  const entry = await context.keys.add(key);
  context.output.note((key.trial ? advice.trial : advice.own)[languageOf(context.io.env)]);
  context.output.result(entry, () => [entry.keyId, entry.publicKey, entry.file].filter(Boolean).join('\n'));
  return exitCodes.yes;
}

/** Stored under the passphrase that opened it; one that needed none gets one. */
async function importKey(context: Context, file: string): Promise<number> {
  const party = context.requireParty();
  let opened: string | undefined;
  const key = await readForeignKey(file, context.keys, async () => {
    opened = await readPassphrase(context.io, `Passphrase of ${file}: `);
    return opened;
  });
  const passphrase = opened ?? (await newPassphrase(context.io));
  return store(context, { party, ...key, trial: false, createdAt: context.now(), passphrase });
}

async function listKeys(context: Context): Promise<number> {
  const all = await context.keys.list();
  const keys = context.party === undefined ? all : all.filter((key) => key.party === context.party);
  const language = languageOf(context.io.env);
  const { folder } = context.keys;
  if (keys.length === 0) context.output.note(language === 'zh' ? `${folder} 中没有密钥。` : `No keys in ${folder}.`);
  context.output.result({ folder, keys }, () => formatTable(columnsIn(language), keys));
  return exitCodes.yes;
}

async function showKey(context: Context, name: string): Promise<number> {
  const keys = await context.keys.find(name);
  if (keys.length === 0) throw new LedgerError('KEY_NOT_HELD', `no key of ${name} in ${context.keys.folder}`);
  context.output.result({ keys }, () => keys.map((key) => shownKey(key, context.language)).join('\n\n'));
  return exitCodes.yes;
}

function shownKey(key: KeyEntry, language: Language): string {
  const { party, keyId, suite, publicKey, createdAt, trial, file } = key;
  const told: readonly (readonly [Title, string | undefined])[] = [
    [{ en: 'party   ', zh: '主体      ' }, party ?? '-'],
    [{ en: 'key     ', zh: '密钥      ' }, keyId],
    [{ en: 'suite   ', zh: '算法      ' }, suite],
    [{ en: 'public  ', zh: '公开部分  ' }, publicKey],
    [{ en: 'made    ', zh: '生成时间  ' }, createdAt ?? '-'],
    [{ en: 'trial   ', zh: '试用      ' }, { en: trial ? 'yes' : 'no', zh: trial ? '是' : '否' }[language]],
    [{ en: 'file    ', zh: '文件      ' }, file],
  ];
  return told.flatMap(([title, text]) => (text === undefined ? [] : [title[language] + text])).join('\n');
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
      .option('--suite <name>', 'secp256k1 or sm2', 'secp256k1')
      .action(function (this: Command, options: NewOptions) {
        return tool.run(this, (context) => newKey(context, options));
      }),
    'carbon-ledger keys new --as 91140100MA0FAKE2XU --suite sm2',
  );
  withExample(
    keys
      .command('import')
      .description(
        'Take over a key of another program for the party named by --as: a JSON keystore (geth, Foundry, eth-account) or PEM with secp256k1 or SM2 (OpenSSL, GmSSL).',
      )
      .argument('<file>', 'keystore or PEM file')
      .action(function (this: Command, file: string) {
        return tool.run(this, (context) => importKey(context, file));
      }),
    'carbon-ledger keys import UTC--2026-01-02--0x19e7.json --as 91140100MA0FAKE2XU',
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
      .argument('<party-or-key>', 'USCC or key id')
      .action(function (this: Command, name: string) {
        return tool.run(this, (context) => showKey(context, name));
      }),
    'carbon-ledger keys show 91140100MA0FAKE2XU',
  );
  withExample(
    keys
      .command('request')
      .description(
        'Write what the registrar needs to enter the newest key of the party of --as: its id, its public part and its own signature over the registration (proof of possession). Nothing in it is secret.',
      )
      .option('-o, --output <file>', 'write it to a file, for `parties --set keys=@FILE`')
      .action(function (this: Command, options: { readonly output?: string }) {
        return tool.run(this, (context) => requestKey(context, options));
      }),
    'carbon-ledger keys request --as 91140100MA0FAKE2XU -o lab-key.json',
  );
  registerKeysRotate(keys, tool);
  withExample(keys, 'carbon-ledger keys new --as 91140100MA0FAKE2XU');
};
