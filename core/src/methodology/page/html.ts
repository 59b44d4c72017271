import { parseFormula } from '../../formula';
import { methodologyOf, parametersOf, type MethodologyFolder } from '../kit/folder';
import type { FigureSpec, FormulaCase, RecordProfile } from '../spec';
import { compileProfile } from '../kit/compile';
import { escapeText as escape } from './escape';
import { formulaMath } from './mathml';
import { bindingWords, conditionWords, tableWords, wordsFor } from './words';

const style = `body{font:16px/1.5 "Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1f24}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:1px solid #c8ced6}h3{font-size:1rem;margin:1.5rem 0 0}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #c8ced6;padding:.25rem .5rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}code{font-family:ui-monospace,monospace}math{font-size:1.15rem;margin:.5rem 0}
.traits,.basis{color:#57606a;margin:0}.when{margin:.75rem 0 0}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:0 0 0 2rem}dd{margin:0}
@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}h2,th,td{border-color:#3d444d}.traits,.basis{color:#9198a1}}
@media print{body{max-width:none}h3,math,tr{break-inside:avoid}}`;

function caseHtml(folder: MethodologyFolder, spec: FigureSpec, formula: FormulaCase): string {
  const when = conditionWords(formula.when);
  const inputs = Object.entries(formula.inputs).map(
    ([name, binding]) => `<dt><code>${escape(name)}</code></dt><dd>${escape(bindingWords(folder, binding))}</dd>`,
  );
  return [
    `<p class="when"><code>${escape(formula.id)}</code>${when === '' ? '' : ` — ${escape(when)}`}</p>`,
    formulaMath(spec.name.replace(/\.\*$/, '').split('_')[0] ?? spec.name, parseFormula(formula.expression)),
    inputs.length === 0 ? '' : `<dl>${inputs.join('')}</dl>`,
    formula.basis === undefined ? '' : `<p class="basis">${escape(formula.basis)}</p>`,
  ].join('');
}

function figureHtml(folder: MethodologyFolder, spec: FigureSpec): string {
  const traits = [
    `单位 unit ${spec.unit}`,
    `小数位 decimals ${String(spec.decimals)}`,
    spec.visibility === 'public' ? '公开 public' : '不公开 private',
    ...(spec.stated ? ['填报 stated'] : []),
    ...(spec.required ? [] : ['可缺 optional']),
    ...(spec.tolerance === undefined ? [] : [`允差 tolerance ± ${spec.tolerance}`]),
  ];
  const head = `<h3><code>${escape(spec.name)}</code> ${escape(wordsFor(folder, spec.name))}</h3>`;
  const cases = spec.cases.map((formula) => caseHtml(folder, spec, formula));
  return `${head}<p class="traits">${escape(traits.join(' · '))}</p>${cases.join('')}`;
}

function profileHtml(profile: Readonly<Record<string, RecordProfile>>): string {
  const rows = Object.entries(profile).flatMap(([table, { content }]) =>
    Object.entries(content).map(([name, field]) => {
      const values = Object.entries(field.choices ?? {}).map(([value, { zh, en }]) => `${value} (${zh} ${en})`);
      const kind = [field.kind, field.unit ?? '', ...values].filter((part) => part !== '').join(', ');
      return `<tr><td><code>${escape(table)}</code></td><td><code>${escape(name)}</code></td><td>${escape(`${field.title.zh} ${field.title.en}`)}</td><td>${escape(kind)}</td></tr>`;
    }),
  );
  return `<h2>填报内容 Fields</h2><table><tr><th>记录 record</th><th>字段 field</th><th>含义 meaning</th><th>取值 values</th></tr>${rows.join('')}</table>`;
}

function citationsHtml(profile: Readonly<Record<string, RecordProfile>>): string {
  const rows = Object.entries(profile).flatMap(([table, { cites }]) =>
    Object.entries(cites).map(
      ([role, { of, min, max }]) =>
        `<tr><td><code>${escape(table)}</code></td><td><code>${escape(role)}</code></td><td><code>${escape(of)}</code></td><td class="n">${String(min)}–${String(max)}</td></tr>`,
    ),
  );
  return `<h2>引用 Citations</h2><table><tr><th>记录 record</th><th>角色 role</th><th>引用的记录 cited record</th><th>数量 how many</th></tr>${rows.join('')}</table>`;
}

/** By which rule the balance value of the year is solved over all verified data. */
function balanceHtml(folder: MethodologyFolder): string {
  const { balance } = folder.about;
  if (balance === undefined) return '';
  const rows = Object.entries(balance).map(
    ([name, value]) => `<dt><code>${escape(name)}</code></dt><dd>${escape(String(value))}</dd>`,
  );
  return `<h2>平衡值 Balance value</h2><p>${escape(wordsFor(folder, balance.parameter))}: Σ E = Σ E(1 + α), α = slope · (BP − I)/BP, |α| ≤ cap</p><dl>${rows.join('')}</dl>`;
}

function parametersHtml(folder: MethodologyFolder, year: string): string {
  const rows = Object.entries(parametersOf(folder, year).values).map(
    ([name, { value, unit, source }]) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(wordsFor(folder, name))}</td><td class="n">${escape(value)}</td><td>${escape(unit)}</td><td>${escape(source)}</td></tr>`,
  );
  return `<h2>参数 Parameters</h2><table><tr><th>参数 parameter</th><th>含义 meaning</th><th>值 value</th><th>单位 unit</th><th>来源 source</th></tr>${rows.join('')}</table>`;
}

/**
 * A methodology of one year as a page that stands alone: no script, nothing loaded, formulas as MathML.
 * @throws LedgerError FORMULA_UNDEFINED for another year, BAD_FORMULA where a formula cannot be parsed
 */
export function methodologyPage(folder: MethodologyFolder, year: string): string {
  const { id, title, sources, figures } = methodologyOf(folder, year);
  const profile = compileProfile(folder.profile);
  const tables = Object.entries(figures).map(
    ([table, specs]) =>
      `<h2>${escape(tableWords(table))} <code>${escape(table)}</code></h2>${specs.map((spec) => figureHtml(folder, spec)).join('')}`,
  );
  return [
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escape(`${id} ${year}`)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escape(title.zh)}<br>${escape(title.en)}</h1><p><code>${escape(id)}</code> ${escape(year)}</p>`,
    `<ul>${sources.map((source) => `<li>${escape(source)}</li>`).join('')}</ul>`,
    ...tables,
    profileHtml(profile),
    citationsHtml(profile),
    balanceHtml(folder),
    parametersHtml(folder, year),
    '</main></body></html>\n',
  ].join('');
}
