import type { Words } from '../language/language';

/** The answers that a comparison can have; word, sign and colour always come together. */
export const verdictNames = [
  'consistent',
  'anchored',
  'stale',
  'questioned',
  'inconsistent',
  'not-found',
  'undecidable',
] as const;
export type Verdict = (typeof verdictNames)[number];

/** What needs a look comes first. */
export const urgency: readonly Verdict[] = [
  'inconsistent',
  'stale',
  'questioned',
  'undecidable',
  'anchored',
  'not-found',
  'consistent',
];

export const verdictWords: Readonly<Record<Verdict, Words & { readonly sign: string }>> = {
  consistent: { zh: '一致', en: 'Consistent', sign: '✓' },
  anchored: { zh: '曾经存证，现状未知', en: 'Was anchored; whether it stands is not known', sign: '–' },
  stale: { zh: '一致但记录已失效', en: 'Consistent, but the record no longer stands', sign: '⚠' },
  questioned: { zh: '一致但记录存疑', en: 'Consistent, but the record is questioned', sign: '⚠' },
  inconsistent: { zh: '不一致', en: 'Inconsistent', sign: '✕' },
  'not-found': { zh: '未找到', en: 'Not found', sign: '?' },
  undecidable: { zh: '无法判定', en: 'Undecidable', sign: '–' },
};

/** What a file's verdict rests on. */
export const fileReasons: Readonly<Record<Verdict, Words>> = {
  consistent: {
    zh: '账本上有记录登记了与此文件逐位相同的文件。',
    en: 'A record on the ledger names exactly this file, bit for bit.',
  },
  anchored: {
    zh: '证明有效：该记录确已存证。账本未答复其目前是否仍有效。',
    en: 'The proof holds: the record was anchored. The ledger did not say whether it still stands.',
  },
  stale: {
    zh: '账本上有记录登记了此文件，但该记录已被退回、更正替代或撤回。',
    en: 'A record names exactly this file, but that record was returned, superseded or withdrawn since.',
  },
  questioned: {
    zh: '账本上有记录登记了此文件，但该记录存疑：主管部门提出了疑问，检查问题未销号，依据失效，或签名密钥已泄露。',
    en: 'A record names exactly this file, but it is in doubt: an authority questions it, a finding is open, what it rests on does not stand, or its key was in other hands.',
  },
  inconsistent: {
    zh: '账本上有记录登记了同名文件，但内容与此文件不同。',
    en: 'A record names a file of this name, and its content is another.',
  },
  'not-found': {
    zh: '账本上没有记录登记过此文件。这并不说明文件是假的。',
    en: 'No record names this file. That does not make it false.',
  },
  undecidable: {
    zh: '不能确定：有多条记录登记了同名文件，或账本没有答复。',
    en: 'It cannot be told: several records name such a file, or the ledger did not answer.',
  },
};

function standing(status: string | undefined): Verdict {
  if (status === 'questioned') return 'questioned';
  return status === undefined || status === 'current' ? 'consistent' : 'stale';
}

/** A verdict of the service, and whether the record that it names still stands. */
export function verdictOf(verdict: string, status: string | undefined): Verdict {
  if (verdict === 'no-longer-stands') return 'stale';
  // A record that was returned is open: it waits for its next version, and does not stand.
  if (verdict === 'consistent') return standing(status);
  return verdictNames.find((name) => name === verdict) ?? 'undecidable';
}

/** What a proof came to, offline, and how its records stand; a proof passes for ever, so that alone is no 一致. */
export function verdictOfProof(result: 'PASS' | 'FAIL' | 'PENDING', status: string | undefined): Verdict {
  if (result === 'FAIL') return 'inconsistent';
  if (result === 'PENDING') return 'undecidable';
  return status === undefined ? 'anchored' : verdictOf('consistent', status);
}
