import { NOT_PROVED, provedAnchored, provedSigned, type Language } from '@carbon-ledger/core';
import { inLanguage, type Block } from '../paper';
import { logSize, type CertifiedRecord } from './receipt-facts';
import { STATEMENT_NAME } from './statement';

/** What the receipt of one record shows to whoever checks it, and what no receipt does. */
export function proofBlocks(one: CertifiedRecord | undefined, language: Language): Block[] {
  const t = inLanguage(language);
  const proved =
    one === undefined
      ? [
          t(
            '逐条：各记录由所列签署方以其登记的密钥签署，已载入已签名日志，此后未被改动；文件与记录所载一致。',
            'Each record was signed by the party named with a key registered for it, stands in the signed log unchanged since, and names the files listed.',
          ),
        ]
      : [provedSigned(one.receipt.submission.party), provedAnchored(one.receipt.logIndex, logSize(one))].map(
          (said) => said[language],
        );
  return [
    { kind: 'heading', text: t('经核验所附回执后可证明', 'What the attached receipt proves once it is checked') },
    { kind: 'list', items: proved },
    { kind: 'heading', text: t('不证明', 'What it does not prove') },
    { kind: 'list', items: NOT_PROVED.map((said) => said[language]) },
  ];
}

/** Clauses under which such evidence is looked at; numbers of notices and articles as they were published. */
export function legalBlocks(language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('法律依据', 'Legal basis') },
    {
      kind: 'list',
      items: [
        t(
          '《中华人民共和国电子签名法》第四至八条、第十三、十四条：数据电文的原件形式与审查；可靠的电子签名与手写签名或者盖章具有同等的法律效力。',
          'Electronic Signature Law, arts. 4–8, 13, 14: data messages as originals and how they are examined; a reliable electronic signature equals a signature by hand or a seal.',
        ),
        t(
          '《最高人民法院关于互联网法院审理案件若干问题的规定》（法释〔2018〕16号）第十一条：电子签名、可信时间戳、哈希值校验、区块链等可证明电子数据的真实性。',
          'Provisions on cases tried by Internet courts (Fa Shi [2018] No. 16), art. 11: electronic signatures, trusted timestamps, hash checks and blockchains may prove that electronic data are authentic.',
        ),
        t(
          '《人民法院在线诉讼规则》第十六至十九条：上链后的数据经技术核验一致的，推定未经篡改；上链前数据的真实性另行审查（来源、生成过程、第三方公证、关联印证）。',
          'Rules of Online Litigation of the People’s Courts, arts. 16–19: data that a technical check finds the same are presumed unaltered since they were anchored; whether they were true before is examined apart (source, how they came about, notary, corroboration).',
        ),
      ],
    },
  ];
}

/** How anybody checks, with us and without. */
export function checkBlocks(site: string, language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('如何核验', 'How to check') },
    {
      kind: 'list',
      items: [
        t(
          `将本 PDF 连同原文件拖入 ${site}/check：文件不离开您的计算机。`,
          `Drop this PDF, and the original file, at ${site}/check: no file leaves your computer.`,
        ),
        t(
          '离线：carbon-ledger verify-receipt 本文件.pdf --document 原文件 --policy 策略文件。信任来自您事先固定的策略，从不来自本文件。',
          'Offline: carbon-ledger verify-receipt THIS.pdf --document ORIGINAL --policy POLICY. Trust comes from the policy that you pinned, never from this file.',
        ),
        t(
          `回执是本 PDF 的附件，可用任何 PDF 阅读器取出，并按公开格式以自己的程序核验。附件 ${STATEMENT_NAME} 载有版面所用的其余内容：据此可重新生成本文件，逐字节比对。`,
          `The receipt is attached to this PDF: any PDF reader takes it out, and its format is public. ${STATEMENT_NAME} holds all else that these pages are made of: whoever has both can make this file again and compare it byte by byte.`,
        ),
        t(
          '版面文字本身不是证据；两者不一致时以所附回执为准。上链时间由签发服务声明，回执本身不证明。',
          'The words on these pages are not evidence; where they differ, the attached receipt counts. The time of anchoring is the word of the issuing service; the receipt does not prove it.',
        ),
      ],
    },
  ];
}
