import { common, gateway as protos, peer } from '@hyperledger/fabric-protos';
import { type BuiltRecord, canonicalBytes, type SignedSubmission } from '@carbon-ledger/core';
import { trialNationalAuthority, trialPartyRecord, trialSigner } from '@carbon-ledger/plant-year/trial';
import { openLedgerReader, startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { SigningIdentity } from '../../embedded-peer/src/identity/signing-identity';
import { rawClient } from '../../embedded-peer/src/testing/client';
import type { LedgerFolder } from '../support/ledger-folder';
import { build, enterprise, lab, sign, TrialWorld } from '../support/trial-world';
import { partsOf } from './blocks';
import { withPeerStore, need } from './disk';
import { blockKey } from '../../embedded-peer/src/ledger/keys';
import { refusal, type Sighting } from './observe';
import { describeAttacks, type Attack } from './table';
import type { World } from './world';

const DAY = 86_400_000;
const words = new TrialWorld();
const at = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const national = trialNationalAuthority.uscc;

interface Submission {
  readonly submission: SignedSubmission;
  readonly records: readonly BuiltRecord[];
}

/** Sends a submission through the gateway's own identity, as its thief would. */
async function send(folder: LedgerFolder, world: World, { submission, records }: Submission): Promise<Sighting[]> {
  const figures = (all: Iterable<BuiltRecord>): object =>
    Object.fromEntries([...all].filter((one) => one.figures.length > 0).map((one) => [one.id, one.figures]));
  const cited = [...world.records.values()];
  const context = { records: cited.map(({ record }) => record), figures: figures(cited) };
  const request = canonicalBytes({ submissions: [submission], figures: figures(records), context });
  try {
    await folder.ledger.submit({ name: 'submit', transient: { request } });
    return [];
  } catch (error) {
    return [refusal('contract', error)];
  }
}

type Make = (world: World, folder: LedgerFolder) => Promise<Submission>;

/** What comes of a submission on a copy of the honest ledger. */
function submitting(what: string, make: Make, seen: readonly string[] | { readonly disclosed: string }): Attack {
  return {
    what,
    ...('disclosed' in seen ? { seen: [], disclosed: seen.disclosed } : { seen }),
    act: async (world) => {
      const folder = await world.reopen(world.copy());
      try {
        return await send(folder, world, await make(world, folder));
      } finally {
        await folder.close();
      }
    },
  };
}

const ofLab = (): BuiltRecord => words.receipt('2024-03', '2024-04-03');

async function signed(
  world: World,
  records: readonly BuiltRecord[],
  options: Parameters<typeof sign>[1] = {},
): Promise<Submission> {
  return { records, submission: await sign(records, { ledger: world.ledgerId, signedAt: at(Date.now()), ...options }) };
}

/** The lab's key ends now, by the authority that registered it. */
async function endKeyOfLab(folder: LedgerFolder): Promise<void> {
  const { record } = trialPartyRecord(lab, national, ['EmbeddedMSP']);
  const [key] = record.content['keys'] as readonly object[];
  const keys = [{ ...key, validTo: at(Date.now() - 1000) }];
  const { type, issuer, subject } = record;
  await folder.anchor([build({ type, issuer, subject, version: 2, content: { ...record.content, keys } })]);
}

/** The transaction of block 4 once more, by somebody who holds the gateway's X.509 key; gives the codes of new blocks. */
async function resend(world: World, signAnew: boolean): Promise<number[]> {
  const dataDir = world.copy();
  const bytes = await withPeerStore(dataDir, async (disk) => partsOf(await need(disk, blockKey(4))).envelope);
  const envelope = common.Envelope.deserializeBinary(bytes);
  const running = await startEmbeddedPeer({ dataDir });
  if (signAnew) envelope.setSignature(thiefOf(running).sign(Buffer.from(envelope.getPayload_asU8())));
  await submitRaw(running, envelope);
  await running.close();
  const reader = await openLedgerReader(dataDir);
  const codes: number[] = [];
  for await (const block of reader.blocks(8))
    codes.push(...common.Block.deserializeBinary(block).getMetadata()!.getMetadataList_asU8()[2]!);
  await reader.close();
  return codes;
}

function thiefOf(running: EmbeddedPeer): SigningIdentity {
  const { mspId, certificate, privateKey } = running.identities.get('EmbeddedMSP')!;
  return new SigningIdentity(mspId, { certificate: certificate.toString(), privateKey: privateKey.toString() });
}

async function submitRaw(running: EmbeddedPeer, envelope: common.Envelope): Promise<void> {
  const client = rawClient(running);
  const request = new protos.SubmitRequest();
  request.setPreparedTransaction(envelope);
  await new Promise<void>((resolve, reject) => {
    const same = (value: Buffer): Buffer => value;
    client.makeUnaryRequest('/gateway.Gateway/Submit', same, same, Buffer.from(request.serializeBinary()), (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  client.close();
}

const duplicate: Sighting = {
  by: 'peer',
  code: 'DUPLICATE_TXID',
  place: 'block 8',
  message: 'it stands in a block, marked invalid, and wrote nothing',
};

const inOwnName =
  'The signature is the party’s own. The party sees it: records are public and bear its name; a new version of its party record ends the key, and what was anchored before stays and is revoked by record.';

describeAttacks('submissions', [
  submitting(
    'stolen gateway key: a record in a lab’s name, signed by another party’s key',
    async (world) => {
      const other = await signed(world, [ofLab()], { signer: trialSigner(enterprise.uscc) });
      return { ...other, submission: { ...other.submission, keyId: trialSigner(lab.uscc).keyId } };
    },
    ['contract SIGNATURE_INVALID'],
  ),
  submitting(
    'stolen gateway key: a record in a lab’s name, under a key that is not the lab’s',
    (world) => signed(world, [ofLab()], { signer: trialSigner(enterprise.uscc) }),
    ['contract KEY_UNKNOWN'],
  ),
  submitting(
    'stolen gateway key: a record altered on its way',
    async (world) => {
      const other = await signed(world, [ofLab()]);
      const altered = words.receipt('2024-03', '2024-04-04');
      return { records: [altered], submission: { ...other.submission, records: [altered.record] } };
    },
    ['contract SIGNATURE_INVALID'],
  ),
  submitting(
    'stolen gateway key: a private figure altered on its way',
    async (world) => {
      const report = words.report(world.records.get('sample-receipt')!);
      const other = build({
        type: 'sample-receipt',
        issuer: lab.uscc,
        subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-03' },
        content: { ...ofLab().record.content },
      });
      const own = words.report(other);
      const figures = own.figures.map((one) => (one.name === 'Mad_pct' ? { ...one, value: '9.99' } : one));
      const both = await signed(world, [other, own]);
      expect(report.figures).toHaveLength(figures.length);
      return { ...both, records: [other, { ...own, figures }] };
    },
    ['contract FIGURES_ROOT_MISMATCH'],
  ),
  submitting(
    'stolen gateway key: a private figure left out on its way',
    async (world) => {
      const other = build({
        type: 'sample-receipt',
        issuer: lab.uscc,
        subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-03' },
        content: { ...ofLab().record.content },
      });
      const own = words.report(other);
      const both = await signed(world, [other, own]);
      return { ...both, records: [other, { ...own, figures: own.figures.slice(1) }] };
    },
    ['contract FIGURES_ROOT_MISMATCH'],
  ),
  submitting(
    'stolen gateway key: a submission replayed',
    async (world) => signed(world, [world.records.get('sample-receipt')!]),
    ['contract ALREADY_ANCHORED'],
  ),
  {
    what: 'stolen gateway key: the transaction of block 4 sent to the orderer once more, byte for byte',
    act: async (world) => ((await resend(world, false)).length === 0 ? [] : [duplicate]),
    seen: [],
    disclosed: 'It does nothing: what stands in a block already is not ordered again.',
  },
  {
    what: 'stolen gateway key: the transaction of block 4 sent to the orderer once more, with a new signature',
    act: async (world) => {
      expect(await resend(world, true)).toEqual([peer.TxValidationCode.DUPLICATE_TXID]);
      return [duplicate];
    },
    seen: ['peer DUPLICATE_TXID block 8'],
  },
  submitting(
    'stolen gateway key: a submission that the lab signed for another ledger',
    (world) => signed(world, [ofLab()], { ledger: 'cd'.repeat(32) }),
    ['contract WRONG_LEDGER'],
  ),
  submitting(
    'stolen key of an enterprise: a sample receipt, which labs file',
    async (world) => {
      const { record } = ofLab();
      const own = build({
        type: 'sample-receipt',
        issuer: enterprise.uscc,
        subject: record.subject,
        content: { ...record.content },
      });
      return signed(world, [own]);
    },
    ['contract NOT_ALLOWED_TO_FILE'],
  ),
  submitting('stolen key of a lab: a record in its name', (world) => signed(world, [ofLab()]), {
    disclosed: inOwnName,
  }),
  submitting(
    'stolen key of a lab, signed 40 days into the past',
    (world) => signed(world, [ofLab()], { signedAt: at(Date.now() - 40 * DAY) }),
    ['contract SIGNED_TIME_OUT_OF_RANGE'],
  ),
  submitting(
    'stolen key of a lab, signed a day ahead',
    (world) => signed(world, [ofLab()], { signedAt: at(Date.now() + DAY) }),
    ['contract SIGNED_TIME_OUT_OF_RANGE'],
  ),
  submitting(
    'stolen key of a lab after it was ended',
    async (world, folder) => {
      await endKeyOfLab(folder);
      return signed(world, [ofLab()]);
    },
    ['contract KEY_NOT_VALID'],
  ),
  submitting(
    'stolen key of a lab after it was ended, signed into the time before',
    async (world, folder) => {
      await endKeyOfLab(folder);
      return signed(world, [ofLab()], { signedAt: at(Date.now() - DAY) });
    },
    ['contract KEY_NOT_VALID'],
  ),
]);
