import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalize } from '@carbon-ledger/core';
import { flipBit, flipDigit } from './flips';
import { onFolder } from './folders';
import { byFsck } from './observe';
import { describeAttacks, type Attack } from './table';
import type { World } from './world';

const organisation = 'peer/identities/organisations/EmbeddedMSP';
const orderer = 'peer/identities/orderer';

/** A bit flipped where it does the most harm: in the middle, where key or certificate themselves stand. */
function flip(what: string, file: string): Attack {
  return flipped(what, file, (dataDir) => {
    flipBit(dataDir, file, 0.5, 0);
  });
}

/** A secret is 64 hex digits of chance: whether its digit stays one would be left to chance too. */
function flipInSecret(what: string, file: string): Attack {
  return flipped(what, file, (dataDir) => {
    flipDigit(dataDir, file);
  });
}

function flipped(what: string, file: string, act: (dataDir: string) => void): Attack {
  return onFolder(`a bit flipped in ${what}`, act, [`fsck IDENTITY_DAMAGED ${file}`, 'start-up IDENTITY_DAMAGED']);
}

/** Swapped files are all whole, each in the wrong place. */
function exchange(what: string, one: string, other: string): Attack {
  return onFolder(
    what,
    async (dataDir) => {
      const { readFile, writeFile } = await import('node:fs/promises');
      for (const ending of ['pem', 'key']) {
        const [a, b] = [join(dataDir, `${one}.${ending}`), join(dataDir, `${other}.${ending}`)];
        const [ofA, ofB] = [await readFile(a), await readFile(b)];
        await writeFile(a, ofB);
        await writeFile(b, ofA);
      }
    },
    [`fsck IDENTITY_DAMAGED ${other}.pem`, 'start-up IDENTITY_DAMAGED'],
  );
}

function writePolicy(dataDir: string, { policy }: World, change: object): void {
  writeFileSync(join(dataDir, 'policy.json'), canonicalize({ ...policy, ...change }));
}

const onlyFsck = (dataDir: string): ReturnType<typeof byFsck> => byFsck(dataDir);

describeAttacks('identities', [
  flip('the orderer’s key', `${orderer}/orderer.key`),
  flip('the orderer’s certificate', `${orderer}/orderer.pem`),
  flip('the key of the orderer’s authority', `${orderer}/ca.key`),
  flip('the certificate of the orderer’s authority', `${orderer}/ca.pem`),
  flip('the peer’s key', `${organisation}/peer.key`),
  flip('the peer’s certificate', `${organisation}/peer.pem`),
  flip('the client’s certificate', `${organisation}/client.pem`),
  flip('the administrator’s key', `${organisation}/admin.key`),
  flip('the certificate of the organisation’s authority', `${organisation}/ca.pem`),
  flip('the TLS key of the server', 'peer/identities/tls/server.key'),
  flip('the TLS certificate of the client', 'peer/identities/tls/client.pem'),
  onFolder(
    'a line break in a key made a blank',
    (dataDir) => {
      flipBit(dataDir, `${organisation}/peer.key`, 0.9999, 0);
    },
    [`fsck IDENTITY_DAMAGED ${organisation}/peer.key`, 'start-up IDENTITY_DAMAGED'],
  ),
  exchange(
    'the peer’s key and certificate exchanged for the administrator’s',
    `${organisation}/admin`,
    `${organisation}/peer`,
  ),
  flipInSecret('the log key', 'keys/log.key'),
  flipInSecret('the key of sessions', 'keys/sessions.key'),
  onFolder(
    'a bit flipped in the guard: the end of its last line',
    (dataDir) => {
      flipBit(dataDir, 'guard/last-signed.jsonl', 1, 1);
    },
    ['fsck STORE_CORRUPT guard/last-signed.jsonl:2', 'start-up STORE_CORRUPT'],
  ),
  onFolder(
    'the policy that is given out names another log key',
    (dataDir, world) => {
      writePolicy(dataDir, world, { logKey: `${world.policy.origin}+${world.witness.key.keyId}+x` });
    },
    ['fsck STORE_CORRUPT policy.json'],
    onlyFsck,
  ),
  onFolder(
    'the policy that is given out names another ledger',
    (dataDir, world) => {
      writePolicy(dataDir, world, { ledgerId: 'cd'.repeat(32) });
    },
    ['fsck STORE_CORRUPT policy.json'],
    onlyFsck,
  ),
]);
