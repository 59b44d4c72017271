import type { Language, ParsedReceipt } from '@carbon-ledger/core';
import { inLanguage, type Block } from './paper';

const said = {
  certificate: [
    '试用账本签发：密钥公开，本证书不具有任何证明作用。',
    'Issued by a trial ledger, whose keys are public: this certificate proves nothing.',
  ],
  report: [
    '依据试用账本：密钥公开、数据虚构，本报告不具有任何证明作用。',
    'Of a trial ledger, whose keys are public and whose data are fictitious: this report proves nothing.',
  ],
} as const;

/** Signed by a party of a ledger to try things on, whose keys everybody has. */
export function isOfTrial({ signer }: ParsedReceipt): boolean {
  return signer.record.content.trial === true;
}

/** Above everything else that a paper says, where it is of a ledger to try things on. */
export function trialBlocks(isTrial: boolean, paper: keyof typeof said, language: Language): Block[] {
  const [zh, en] = said[paper];
  return isTrial ? [{ kind: 'verdict', tone: 'bad', text: inLanguage(language)(zh, en) }] : [];
}
