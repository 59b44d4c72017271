import type { LedgerPort } from '@carbon-ledger/gateway-api';
import {
  buildRecord,
  type BuiltRecord,
  canonicalize,
  isLedgerError,
  LedgerError,
  type LedgerRecord,
  parseStrict,
  type PartyContent,
  offerKey,
  type Signer,
  signSubmission,
  utf8Decode,
} from '@carbon-ledger/core';
import { trialNationalAuthority, trialPartyRecord, trialSigner } from '@carbon-ledger/plant-year/trial';
import { z } from 'zod';

/** The authority that founds a ledger: its own party record is the first leaf, signed with its own key. */
export interface Founder {
  readonly record: LedgerRecord;
  readonly signer: Signer;
}

export interface Founding {
  /** Hex, 32 bytes. */
  readonly ledgerId: string;
  readonly founder: string;
  /** False where the ledger was there before. */
  readonly isNew: boolean;
}

const foundingSchema = z.looseObject({ ledgerId: z.string(), founder: z.string() });

/** A founder whose key anybody can derive: a ledger that it founds is marked as a trial for ever. */
export function trialFounder(msp: string): Founder {
  const { uscc } = trialNationalAuthority;
  return { record: trialPartyRecord(trialNationalAuthority, uscc, [msp]).record, signer: trialSigner(uscc) };
}

export interface FounderFacts {
  readonly uscc: string;
  readonly name: string;
  readonly msp: string;
  readonly signer: Signer;
  /** When the founding is signed: the key is valid from then on. An instant. */
  readonly signedAt: string;
}

/** A founder with a key of its own. */
export async function ownFounder({ uscc, name, msp, signer, signedAt }: FounderFacts): Promise<Founder> {
  const content: PartyContent = {
    name,
    kind: 'national-authority',
    region: '000000',
    msps: [msp],
    keys: [await offerKey(uscc, signer, signedAt)],
    qualifications: [],
    status: 'active',
  };
  const noFigures = (): string => {
    throw new LedgerError('INTERNAL', 'a party record has no figures');
  };
  const built: BuiltRecord = buildRecord(
    { type: 'party', issuer: uscc, subject: { uscc, unit: '-', period: '-' }, content },
    noFigures,
  );
  return { record: built.record, signer };
}

/** What the ledger says of its founding; undefined on a channel that has none yet. */
async function readFounding(ledger: LedgerPort): Promise<Founding | undefined> {
  try {
    const answer = foundingSchema.parse(parseStrict(utf8Decode(await ledger.evaluate({ name: 'info' }))));
    return { ledgerId: answer.ledgerId, founder: answer.founder, isNew: false };
  } catch (error) {
    if (isLedgerError(error) && error.code === 'NOT_READY') return undefined;
    throw error;
  }
}

/**
 * Founds the ledger of a channel unless it is there already. The ledger id is the hash of the genesis block, so that a
 * signature made for it is worthless on any other.
 */
export async function foundLedger(
  ledger: LedgerPort,
  ledgerId: string,
  now: () => string,
  founder: (signedAt: string) => Promise<Founder>,
): Promise<Founding> {
  const known = await readFounding(ledger);
  if (known !== undefined) return known;
  const signedAt = now();
  const { record, signer } = await founder(signedAt);
  const submission = await signSubmission(
    { ledger: ledgerId, party: record.issuer, records: [record], signedAt },
    signer,
  );
  await ledger.submit({ name: 'init', args: [ledgerId, canonicalize(submission)] });
  return { ledgerId, founder: record.issuer, isNew: true };
}
