/** What a verification shows, or does not, in words for people. */
export interface Statement {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
}

/**
 * Always told, whatever the result (人民法院在线诉讼规则 arts. 16 to 19 draw the same line: what is recorded on a chain is
 * presumed unaltered from then on; whether it was true before is another question).
 */
export const NOT_PROVED: readonly Statement[] = [
  {
    id: 'truth',
    en: 'That what the record or file says is true, or was unaltered before it was anchored.',
    zh: '不证明记录或文件内容真实，也不证明其上链之前未被改动。',
  },
  {
    id: 'currency',
    en: 'That the record still stands: a later record may correct or withdraw it. Ask the ledger for its status.',
    zh: '不证明记录目前仍有效：其后的记录可能更正或撤回它，请向账本查询状态。',
  },
  {
    id: 'later-keys',
    en: 'That the signing key was not reported stolen after the record was anchored.',
    zh: '不证明签名密钥在上链之后未被报告失窃。',
  },
  {
    id: 'time',
    en: 'The exact time of anchoring: the signing time is the signer’s own claim.',
    zh: '不证明确切的上链时间：签署时间为签署方自述。',
  },
];

export const NO_SIGNATURE: Statement = {
  id: 'signature',
  en: 'That its issuer signed the record: this form has no place for the signature. A receipt has.',
  zh: '不证明出具方签署了该记录：此格式不含签名，回执则含有。',
};

export const NO_DOCUMENT: Statement = {
  id: 'document',
  en: 'Anything about a file: none was given.',
  zh: '未提供文件，不证明任何文件的一致性。',
};

export const NO_WITNESS: Statement = {
  id: 'split-view',
  en: 'That others were shown the same log: the policy asks for no witness.',
  zh: '策略未要求见证，不证明他人看到的是同一日志。',
};

export function provedSigned(party: string): Statement {
  return {
    id: 'signed',
    en: `${party} signed this record with a key that was registered for it.`,
    zh: `${party} 以其登记的密钥签署了该记录。`,
  };
}

export function provedAnchored(logIndex: bigint, size: bigint): Statement {
  const [entry, entries] = [logIndex.toString(), size.toString()];
  return {
    id: 'anchored',
    en: `The record is entry ${entry} of ${entries} in the signed log, unchanged since.`,
    zh: `该记录为已签名日志共 ${entries} 条中的第 ${entry} 条，此后未被改动。`,
  };
}

export function provedDocument(name: string): Statement {
  return {
    id: 'document',
    en: `The file is the one that the record names as ${name}.`,
    zh: `文件与记录所载“${name}”一致。`,
  };
}

export function provedWitnessed(count: number): Statement {
  return {
    id: 'witnessed',
    en: `${count.toString()} independent witnesses saw the same log.`,
    zh: `${count.toString()} 个独立见证方看到同一日志。`,
  };
}

export function provedPosted({
  chainId,
  contract,
}: {
  readonly chainId: string;
  readonly contract: string;
}): Statement {
  return {
    id: 'posted',
    en: `Contract ${contract} on chain ${chainId} holds this state of the log.`,
    zh: `链 ${chainId} 上的合约 ${contract} 载有日志的这一状态。`,
  };
}

export function provedTime({ time, authority }: { readonly time: string; readonly authority: string }): Statement {
  return {
    id: 'time',
    en: `The log held the record no later than ${time}, says ${authority}.`,
    zh: `据 ${authority}，日志不晚于 ${time} 已载有该记录。`,
  };
}
