// docs/rules.md: the screening rules, as their data say.

const classes = {
  extreme: ['极值', 'Extremes'],
  standard: ['标准值', 'Standard values'],
  threshold: ['阈值', 'Thresholds'],
  logic: ['逻辑', 'Logic'],
  document: ['文件', 'Documents'],
  market: ['市场', 'Market'],
};

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function entryText({ value, from, to, ...who }) {
  const whom = Object.values(who).flat().join(', ');
  const since = [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`]
    .filter(Boolean)
    .join(' ');
  return [value, whom && `(${whom})`, since].filter(Boolean).join(' ');
}

function parameterTexts({ parameters = {} }) {
  return Object.entries(parameters).map(([name, entries]) => `${name} ${entries.map(entryText).join(', ')}`);
}

function checkText(check) {
  const conditions = [...(check.only ?? []), ...(check.when ?? []), ...(check.needs ?? [])];
  const when = conditions.length > 0 ? ` when ${conditions.map((one) => `\`${one}\``).join(', ')}` : '';
  if ('predicate' in check) {
    const given = Object.entries(check.with).map(([name, value]) => `${name} ${[value].flat().join(', ')}`);
    return `${check.predicate}${given.length > 0 ? ` (${given.join('; ')})` : ''}${when}`;
  }
  const sides = ({ low, high, open }) =>
    [low && `${open ? '>' : '≥'} \`${low}\``, high && `${open ? '<' : '≤'} \`${high}\``].filter(Boolean).join(', ');
  const bands = check.bands.map((band) => `${band.severity ? `${band.severity}: ` : ''}${sides(band)}`);
  return `\`${check.value}\` ${bands.join('; ')}${when}`;
}

function row(rule) {
  const checks = rule.checks.map(checkText).join('<br>');
  const limits = parameterTexts(rule).join('; ');
  const cells = [rule.id, rule.severity, rule.scope, `${rule.text.zh} ${rule.text.en}`, checks, limits, rule.source];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function section(name, rules) {
  const [zh, en] = classes[name];
  const found = rules.filter((rule) => rule.class === name);
  if (found.length === 0) return '';
  return `## ${zh} ${en}

| rule | severity | scope | what must hold | how it is told | limits | source |
|---|---|---|---|---|---|---|
${found.map(row).join('\n')}
`;
}

function refusedRow({ rule, text, code, by }) {
  return `| ${rule} | ${cell(`${text.zh} ${text.en}`)} | \`${code}\` | \`${by}\` |`;
}

function untoldRow({ rule, what, why }) {
  return `| ${rule} | ${cell(`${what.zh} ${what.en}`)} | ${cell(`${why.zh} ${why.en}`)} |`;
}

function heldSections({ refused, untold }) {
  return `## 提交时核对 Held when it is filed

What the ledger or the tool refuses at once never stands on a ledger: no screening can meet it.

| rule | what must hold | refused as | where |
|---|---|---|---|
${refused.map(refusedRow).join('\n')}

## 无从判断 What no record says

Parts of a rule that are not looked for, and why.

| rule | part | why |
|---|---|---|
${untold.map(untoldRow).join('\n')}
`;
}

export function rulesPage({ id, title, effectiveFrom, rules }, held) {
  return `# Screening rules

Written by \`npm run docs\` from the folder \`rules/\`: ${String(rules.length)} rules of \`${id}\` (${title.zh} ${title.en}), in force from ${effectiveFrom}. Severity:
B blocks, W needs an explanation, I is information. A rule that lacks its data is *not run* and says what it lacks. [screening.md](screening.md)
says how rules are written and run; the authority changes a limit by filing the next version of the \`rule-set\` record.

${Object.keys(classes)
  .map((name) => section(name, rules))
  .filter(Boolean)
  .join('\n')}
${heldSections(held)}`;
}
