import {
  digestOfInspectionReport,
  formatTime,
  type FolderCheck,
  type InspectionReport,
  type Language,
  type SignedInspectionReport,
} from '@carbon-ledger/core';
import { inLanguage, type Block } from '../paper';

type Facts = Extract<Block, { kind: 'facts' }>['rows'];

/** Answers to a file that ask for a look. */
const conspicuous = ['changed', 'ambiguous', 'no-longer-stands', 'questioned', 'missing', 'twins'] as const;

function conspicuousIn({ counts }: FolderCheck): number {
  return conspicuous.reduce((sum, name) => sum + counts[name], 0);
}

/** In one sentence: how many findings, and how much of what was compared is not as it was anchored. */
export function verdictOf({ findings, check }: InspectionReport, language: Language): Block {
  const t = inLanguage(language);
  const found = t(`问题 ${String(findings.length)} 项`, `${String(findings.length)} findings`);
  if (check === undefined) {
    const text = t(`${found}；本报告不含文件比对。`, `${found}; no folder was compared for this report.`);
    return { kind: 'verdict', tone: findings.length > 0 ? 'bad' : 'warn', text };
  }
  const count = conspicuousIn(check);
  const text = t(
    `${found}；比对文件 ${String(check.files.length)} 个，异常 ${String(count)} 处。`,
    `${found}; ${String(check.files.length)} files compared, ${String(count)} not as they were anchored.`,
  );
  if (findings.length + count > 0) return { kind: 'verdict', tone: 'bad', text };
  return { kind: 'verdict', tone: isWhole(check) ? 'good' : 'warn', text };
}

function isWhole({ counts, files }: FolderCheck): boolean {
  return files.length > 0 && counts.unreadable === 0 && counts.same === files.length;
}

export function reportFacts(
  report: SignedInspectionReport,
  names: ReadonlyMap<string, string>,
  language: Language,
): Facts {
  const t = inLanguage(language);
  const { body, keyId } = report;
  const { party, signedAt, ledger, plants, years } = body;
  const named = (uscc: string): string => [uscc, names.get(uscc) ?? ''].join(' ').trim();
  return [
    [t('检查单位', 'Inspected by'), named(party)],
    [t('签署时间（签署方自述）', 'Signed at (the signer’s word)'), formatTime(signedAt)],
    [t('签名密钥标识', 'Signing key'), keyId],
    [t('被检查单位', 'Plants'), plants.map(named).join('\n')],
    [t('检查年度', 'Years'), years.length === 0 ? t('全部', 'all') : years.join(', ')],
    [t('账本标识', 'Ledger'), ledger],
    [t('报告摘要', 'Digest of the report'), digestOfInspectionReport(report)],
  ];
}
