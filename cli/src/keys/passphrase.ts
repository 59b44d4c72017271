import { LedgerError } from '@carbon-ledger/core/errors';
import { readBytes } from '../files/read-file';
import type { Io } from '../io';

async function fromFile(file: string): Promise<string> {
  return (await readBytes(file)).toString('utf8').replace(/\r?\n$/, '');
}

/**
 * The passphrase of a key: from CARBON_LEDGER_PASSPHRASE, from the file named by CARBON_LEDGER_PASSPHRASE_FILE, or asked
 * on the terminal. Never from an argument: those stand in the process list.
 * @throws LedgerError PASSPHRASE_WRONG where none of the three is there
 */
export async function readPassphrase(io: Io, question: string): Promise<string> {
  const { CARBON_LEDGER_PASSPHRASE: given, CARBON_LEDGER_PASSPHRASE_FILE: file } = io.env;
  if (given !== undefined && given !== '') return given;
  if (file !== undefined && file !== '') return fromFile(file);
  if (io.askSecret !== undefined) return io.askSecret(question);
  throw new LedgerError('PASSPHRASE_WRONG', 'no passphrase was given and there is no terminal to ask on');
}

/** Asks for a new passphrase, twice where a person types it. */
export async function newPassphrase(io: Io): Promise<string> {
  const first = await readPassphrase(io, 'New passphrase: ');
  if (first.length < 8) throw new LedgerError('PASSPHRASE_WRONG', 'a passphrase has at least 8 characters');
  const typed = (io.env.CARBON_LEDGER_PASSPHRASE ?? '') === '' && (io.env.CARBON_LEDGER_PASSPHRASE_FILE ?? '') === '';
  if (typed && (await readPassphrase(io, 'Once more: ')) !== first) {
    throw new LedgerError('PASSPHRASE_WRONG', 'the two passphrases differ');
  }
  return first;
}
