import type { TextEncoding } from '@carbon-ledger/core';
import { textEncodings } from '@carbon-ledger/core/bytes';
import { LedgerError } from '@carbon-ledger/core/errors';

export const encodingHelp = `encoding of the file: ${textEncodings.join(', ')} (which includes GBK); never guessed`;

/** Other names of GB18030, which contains both. */
const names: Readonly<Record<string, TextEncoding>> = { utf8: 'utf-8', gbk: 'gb18030', gb2312: 'gb18030' };

/** @throws LedgerError USAGE for an encoding that is not read here */
export function parseEncoding(text: string): TextEncoding {
  const name = text.toLowerCase();
  const found = names[name] ?? textEncodings.find((encoding) => encoding === name);
  if (found !== undefined) return found;
  throw new LedgerError('USAGE', `--encoding ${text} is not one of ${textEncodings.join(', ')}`);
}
