import { entry } from './entry';

/** Methodology folders (docs/methodologies.md). */
export const methodologyErrors = {
  BAD_METHODOLOGY: entry(
    422,
    1,
    'The methodology has faults.',
    '方法学文件有错误。',
    'Correct every place that is listed, and run carbon-ledger methodology lint again.',
    '按所列各处改正后，再次运行 carbon-ledger methodology lint。',
  ),
  VECTOR_FAILED: entry(
    422,
    1,
    'A test vector gives other figures than it expects.',
    '测试向量的计算结果与预期不一致。',
    'Correct the formula, the parameter or the vector; each step that differs is named.',
    '改正公式、参数或算例；不一致的步骤均已列出。',
  ),
} as const;
