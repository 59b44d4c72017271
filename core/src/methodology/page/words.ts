import type { Binding, Condition } from '../spec';
import { formatBinding, formatCondition } from '../notation';
import type { MethodologyFolder } from '../kit/folder';
import { ownEntry } from '../own-entry';

/** Words of a figure, parameter or field in both languages; its name where the glossary has none. */
export function wordsFor({ glossary, profile }: MethodologyFolder, name: string): string {
  const base = name.replace(/\.[*@]$/, '');
  const entry = ownEntry(glossary, base) ?? ownEntry(glossary, base.split('.')[0] ?? base);
  if (entry) return `${entry.zh} ${entry.en}`;
  const field = Object.values(profile).find(({ content }) => Object.hasOwn(content, name))?.content[name];
  return field ? `${field.zh} ${field.en}` : name;
}

function nameIn(binding: Binding): string {
  if ('figure' in binding) return binding.figure;
  return 'parameter' in binding ? binding.parameter : binding.content;
}

/** `coalConsumption_t 燃煤消耗量 Coal consumption`. */
export function bindingWords(folder: MethodologyFolder, binding: Binding): string {
  return `${formatBinding(binding)}  ${wordsFor(folder, nameIn(binding))}`;
}

export function conditionWords(when: readonly Condition[] | undefined): string {
  return when === undefined ? '' : when.map(formatCondition).join(' · ');
}

const kinds: Readonly<Record<string, string>> = {
  'quality-control-plan': '数据质量控制方案 Quality control plan',
  'monthly-evidence': '月度存证 Monthly evidence',
  'test-report': '检测报告 Test report',
  'annual-report': '年度排放报告 Annual report',
  'verification-conclusion': '核查结论 Verification conclusion',
  'allowance-issuance.pre': '配额预分配 Pre-allocation',
  'allowance-issuance': '配额核定 Allowance issuance',
  surrender: '配额清缴 Surrender',
};

/** Heading of a table: kind of record and whether it is about one unit or the whole enterprise. */
export function tableWords(table: string): string {
  const [kind = table, level] = table.split('@');
  const about = level === 'plant' ? '企业 enterprise' : '机组（产线） unit or line';
  return `${ownEntry(kinds, kind) ?? kind} · ${about}`;
}
