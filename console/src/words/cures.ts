import { catalogue, type ErrorCode } from '@carbon-ledger/core';
import type { Words } from '../language/language';

const operator: Words = {
  zh: '请告知本服务的运营方：须在服务器上处理。',
  en: 'Tell whoever runs this service: it is put right on the server.',
};

/**
 * What to do next, where the catalogue names a command, a setting or a route: who reads this has a page and no terminal.
 * @see cures.test.ts: no other cure names one.
 */
const cures: Readonly<Partial<Record<ErrorCode, Words>>> = {
  BAD_ENCODING: {
    zh: '请把文件另存为 UTF-8（CSV 也可用 GB18030），证明与回执请用原文件，不要复制其中文字。',
    en: 'Save the file as UTF-8 (a CSV may be GB18030 too). Of proofs and receipts use the file itself, not text copied from it.',
  },
  UNAUTHENTICATED: { zh: '请用本人密钥登录后再试。', en: 'Sign in with your key, then try again.' },
  COSIGNER_KEY_OTHER: operator,
  COSIGNER_KEY_UNPROVED: operator,
  TOO_WIDE: { zh: '请逐主体列出。', en: 'List it party by party.' },
  FIGURE_NOT_FOUND: {
    zh: '请核对地址；非公开的数据项须以有权查看的主体登录。',
    en: 'Check the address; a figure that is not public is open to those named, once they have signed in.',
  },
  WEBHOOK_ADDRESS: { zh: '请给出公网 http 或 https 地址。', en: 'Name a public http or https address.' },
  METHOD_NOT_ALLOWED: { zh: '请重新载入本页后再试。', en: 'Load the page anew, then try again.' },
  NOT_ACCEPTABLE: { zh: '请重新载入本页后再试。', en: 'Load the page anew, then try again.' },
  UNREACHABLE: {
    zh: '请检查网络后重试；已填内容仍在本页。若一直如此，请告知本服务的运营方。',
    en: 'Check the network and try again; what you typed is still here. If it goes on, tell whoever runs this service.',
  },
  FOLDER_LOCKED: operator,
  IDENTITY_DAMAGED: operator,
  ROLLED_BACK: operator,
  PROOF_OVERSIZED: {
    zh: '请重新索取该证明，或少展开一些层级。',
    en: 'Ask for the proof again, or open fewer levels of the figure.',
  },
  USAGE: { zh: '请重新载入本页后再试。', en: 'Load the page anew, then try again.' },
  MARKET_INCOMPLETE: {
    zh: '请国家主管部门在“填报”中提交该年度的核算方法学与参数表，并登记有关机构。',
    en: 'The national authority files the methodology and the parameters of the year, and registers who is missing, under “File”.',
  },
  KEY_NOT_HELD: {
    zh: '请打开该主体的密钥文件，或在登录页新建密钥。',
    en: 'Open the key file of this party, or make a new key on the sign-in page.',
  },
  SIGNER_FAILED: operator,
  POLICY_NOT_PINNED: {
    zh: '请从您信任的服务的“日志”页保存一次信任文件，再与证明一起放入。',
    en: 'Save the policy once from the page “Log” of a service that you trust, and drop it together with the proof.',
  },
  PORT_TAKEN: operator,
  NOT_A_TRIAL: { zh: '请打开自己的密钥文件登录。', en: 'Sign in with a key file of your own.' },
  BAD_STATEMENT: operator,
  IMPORT_OPEN: {
    zh: '账本正在接收迁入的记录，完成后再试。',
    en: 'The ledger is taking over records; try again once that is done.',
  },
  IMPORT_CLOSED: operator,
  EXPORT_INCOMPLETE: {
    zh: '请以可见全部数据的主体登录后导出，例如创立主管部门。',
    en: 'Sign in as a party to which all figures are open, such as the founding authority, and export then.',
  },
  BAD_METHODOLOGY: { zh: '按所列各处改正后，再次核对。', en: 'Correct every place that is listed, then check again.' },
};

/** What to do next, as the pages say it. */
export function cureOf(code: ErrorCode): Words {
  return cures[code] ?? { zh: catalogue[code].cureZh, en: catalogue[code].cure };
}
