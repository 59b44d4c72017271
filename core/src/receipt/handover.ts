import { toBase64 } from '../bytes';
import { LedgerError } from '../errors';
import { parseCheckpoint, type Checkpoint } from '../log/checkpoint';
import { formatVkey, parseVkey, type NoteSigner, type VerifierKey } from '../log/keys';
import { formatNote, parseNote, signNote, verifiedKeys } from '../log/note';
import { parsePolicy, type Policy } from './policy';

/*
 * A log's key in the place of the one before. Whoever pinned the old key learns the new one from the old one itself, and
 * from which checkpoint on; the new one signs too, so that nobody can hand a log over to a key that is not held.
 */

const VERSION = 'carbon-ledger/log-key-handover/v1';

/** What an old log key said when its place was taken. */
export interface LogKeyHandover extends Checkpoint {
  /** The key from now on. */
  readonly logKey: VerifierKey;
}

/** A C2SP signed note of five lines, by both keys. Its first line is that of no checkpoint, so neither is ever the other. */
export function signHandover({ origin, size, rootHash }: Checkpoint, from: NoteSigner, to: NoteSigner): string {
  const lines = [VERSION, origin, size.toString(), toBase64(rootHash), formatVkey(to.key), ''];
  const text = lines.join('\n');
  return formatNote({ text, signatures: [signNote(text, from), signNote(text, to)] });
}

/**
 * Reads a handover of a log whose key is known.
 * @throws LedgerError CHECKPOINT_MALFORMED, CHECKPOINT_ORIGIN_MISMATCH for another log, CHECKPOINT_SIGNATURE_INVALID,
 * CHECKPOINT_UNSIGNED unless both the known key and the new one signed it
 */
export function verifyHandover(note: string, known: VerifierKey): LogKeyHandover {
  const signed = parseNote(note);
  const handover = readHandover(signed.text);
  const { origin, logKey } = handover;
  if (origin !== known.name || logKey.name !== known.name || logKey.type !== 'ed25519')
    throw new LedgerError('CHECKPOINT_ORIGIN_MISMATCH', `The handover is of ${origin}, not of ${known.name}.`);
  if (verifiedKeys(signed, [known, logKey]).length < 2)
    throw new LedgerError(
      'CHECKPOINT_UNSIGNED',
      `The handover is not signed by ${formatVkey(known)} and by the key that it names.`,
    );
  return handover;
}

/**
 * The policy with the key that takes the place of its own, which may sign from now on what is not larger than it was then.
 * @throws LedgerError as {@link verifyHandover}; PROOF_MALFORMED for a size before that of the last handover, or a key that
 * had its turn
 */
export function policyAfter(policy: Policy, note: string): Policy {
  const { logKey, size } = verifyHandover(note, parseVkey(policy.logKey));
  const retired = { logKey: policy.logKey, size: size.toString() };
  const retiredLogKeys = [...(policy.retiredLogKeys ?? []), retired];
  const after = { ...policy, logKey: formatVkey(logKey), retiredLogKeys };
  parsePolicy(after);
  return after;
}

function readHandover(text: string): LogKeyHandover {
  const [version, origin = '', size = '', root = '', key = '', end, ...rest] = text.split('\n');
  if (version !== VERSION || end !== '' || rest.length > 0)
    throw new LedgerError('CHECKPOINT_MALFORMED', `Not a handover of a log key: it is not five lines of ${VERSION}.`);
  return { ...parseCheckpoint(`${origin}\n${size}\n${root}\n`), logKey: parseVkey(key) };
}
