// Writes the reference pages that follow from the code: errors, records, lifecycles, rules, glossary. Run after a build: npm run docs
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { recordContentPage } from './lib/record-content-page.mjs';
import { heldElsewhere } from './lib/rules.mjs';
import { rulesPage } from './lib/rules-page.mjs';

const require = createRequire(import.meta.url);
const core = require('../core/dist');

const { awaitedSteps, catalogue, processes, recordTypes, recordTypeNames, shelvedRuleSet } = core;

function errorsPage() {
  const rows = Object.entries(catalogue).map(
    ([code, { http, exit, en, zh, cure, cureZh }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${http} | ${exit} | ${en} ${zh} | ${[cure, cureZh].filter(Boolean).join(' ')} |`,
  );
  return `# Errors

Written by \`npm run docs\` from \`core/src/errors\`. Codes are stable, texts are not. \`http\` is the status of the RFC 9457 problem, \`exit\` the
exit code of \`carbon-ledger\`: 1 no or refused, 2 usage, 3 cannot tell or unreachable (0 is yes).

| code | http | exit | meaning | what to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** Two records to ask each type what it cites: one about a unit, one about the plant. */
function citesOf(type) {
  const content = recordTypes[type].example;
  const ask = (unit, kind) =>
    recordTypes[type]
      .cites({ type, kind, subject: { uscc: '', unit, period: '2024' }, cites: [], content })
      .map((rule) => {
        const count = rule.min === rule.max ? `${rule.min}` : `${rule.min}–${rule.max}`;
        return `${rule.role} (${count})`;
      });
  const names = recordTypes[type].labels?.names;
  const labels = type === 'review' || !Array.isArray(names) ? [] : names;
  const kinds = [type, ...labels.map((label) => `${type}.${label}`)];
  const { unit } = recordTypes[type];
  const units = unit === 'unit-or-plant' ? ['U1', 'PLANT'] : [unit === 'plant' ? 'PLANT' : 'U1'];
  const lines = kinds.flatMap((kind) =>
    units.map((at) => {
      const named = [kinds.length > 1 ? kind : '', units.length > 1 ? (at === 'PLANT' ? 'plant' : 'unit') : '']
        .filter(Boolean)
        .join(' ');
      const cited = ask(at, kind).join(', ') || '–';
      return named ? `${named}: ${cited}` : cited;
    }),
  );
  return [...new Set(lines)].join('<br>');
}

/** `lab (engaged)`: kinds of party with their relation to the subject. */
function filersOf(filed) {
  return [...new Set(filed.map(({ by, as }) => `${by} (${as})`))].join(', ');
}

/** Parameters by which a type is due, of whatever label and month. */
function dueNames({ type, due, labels }) {
  const kinds = [type, ...(Array.isArray(labels?.names) ? labels.names.map((label) => `${type}.${label}`) : [])];
  const ask = (kind, period) => due?.({ subject: { uscc: '', unit: 'U1', period }, kind }) ?? [];
  const terms = kinds.flatMap((kind) => ask(kind, '2024-01'));
  return [...new Set(terms.map((term) => (term.day ?? term.days).replace(/\.01$/, '.MM')))];
}

function recordsPage() {
  const rows = recordTypeNames.map((type) => {
    const { title, filed, unit, period, process, labels, number, expected, follows } = recordTypes[type];
    const owed = { 'of-units': 'each unit', 'of-units-and-plant': 'each unit and the plant' }[expected];
    const told = owed ? `of ${owed}, each period` : follows ? `on a \`${follows}\`` : '';
    const by = dueNames(recordTypes[type]).map((name) => `\`${name}\``);
    const label =
      labels === undefined
        ? number === true
          ? ' with a number: `.1`'
          : ''
        : labels.names === 'any'
          ? `${labels.required ? '' : ' or'} with a label`
          : labels.names.map((name) => `${labels.required ? '' : ' or'} \`.${name}\``).join('');
    return `| \`${type}\`${label} | ${title.zh} ${title.en} | ${filersOf(filed)} | ${unit} | ${period} | ${citesOf(type)} | ${process} | ${told} | ${by.join(', ')} |`;
  });
  return `# Record types

Written by \`npm run docs\` from \`core/src/rulebook/types\`, where one file per type says everything about it. Field by field, with an example each: [record-content.md](record-content.md).

A record stands under a business key \`{USCC}/{unit}/{period}/{kind}\`; at most one is current. *Filed by*: kind of party and how it must stand to
the subject: \`self\`, an authority of its \`region\`, the \`nation\`, \`engaged\` for the year, its \`registry\`; \`party\`: the type's own rules say who.
*Process*: the lifecycle that says which versions and steps may follow (docs/lifecycles.md). *Asked for*: what the inbox of its filer tells although
nothing waits in a lifecycle: of the units of every listed enterprise, or once another record stands. *Due by*: the parameters of the sector's year that
set its last day; where the ledger has none of them, it is due on no day ([rulebook.md](rulebook.md#the-calendar-of-a-year)).
*Kind*: the type, and behind a point the label or number that must be there (\`engagement.testing\`, \`finding.1\`); with \`or\` it may be left out (\`test-report\`, \`test-report.15\`).

| kind | name | filed by | unit | period | cites (role and count) | process | asked for | due by |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** What a state waits for, and until when. */
function awaited(type, code, { awaits = [] }) {
  const steps = type === undefined ? [] : awaitedSteps({ types: recordTypes, processes }, type, code);
  const inDays = ({ days, count, period }) =>
    period === undefined ? `${days} ${count} days` : `the working days of \`${period}\``;
  const day = (one) => ('field' in one ? `the day in \`${one.field}\`` : inDays(one));
  return steps
    .map(({ step }) => {
      const until = awaits.find(({ on }) => on === step)?.until ?? [];
      return until.length === 0 ? `\`${step}\`` : `\`${step}\` until ${until.map(day).join(', ')}`;
    })
    .join(', ');
}

/** A step that starts in many states is drawn from each. */
function diagram(transitions) {
  const steps = transitions.flatMap(({ on, from, to }) =>
    from.map((one) => `  ${one === '-' ? '[*]' : one} --> ${to}: ${on.replaceAll(':', ' ')}`),
  );
  return ['```mermaid', 'stateDiagram-v2', ...new Set(steps), '```'].join('\n');
}

function lifecycle(name) {
  const { title, states, transitions } = processes[name];
  const types = recordTypeNames.filter((type) => recordTypes[type].process === name);
  const meanings = { stands: 'stands', open: 'waits for its next version', ended: 'counts no more' };
  const stateRows = Object.entries(states).map(
    ([code, state]) =>
      `| \`${code}\` | ${state.title.zh} ${state.title.en} | ${meanings[state.standing]} | ${awaited(types[0], code, state)} |`,
  );
  const stepRows = transitions.map(
    ({ on, from, to }) =>
      `| \`${on}\` | ${from.map((one) => (one === '-' ? 'nothing' : `\`${one}\``)).join(', ')} | \`${to}\` |`,
  );
  return `## ${title.zh} ${title.en} (\`${name}\`)

Of: ${types.map((type) => `\`${type}\``).join(', ')}.

${diagram(transitions)}

| state | name | meaning | waits for |
|---|---|---|---|
${stateRows.join('\n')}

| step | from | to |
|---|---|---|
${stepRows.join('\n')}
`;
}

function lifecyclesPage() {
  return `# Lifecycles

Written by \`npm run docs\` from \`core/src/rulebook/processes\`. \`filed\` is a version of the record itself; every other step is made by a record that
cites it. What a state waits for stands in the inbox of whoever may file it, nearest day first. Who may file which record is in [records.md](records.md).

${Object.keys(processes).map(lifecycle).join('\n')}`;
}

/** Words of the market beside the names under which the code knows them. */
function glossaryPage() {
  const types = recordTypeNames.map(
    (type) => `| ${recordTypes[type].title.zh} | ${recordTypes[type].title.en} | \`${type}\` |`,
  );
  const states = Object.entries(processes).flatMap(([process, spec]) =>
    Object.entries(spec.states).map(
      ([code, { title }]) => `| ${title.zh} | ${title.en} | \`${code}\` | ${spec.title.zh} \`${process}\` |`,
    ),
  );
  return `# Glossary 术语

From the words of the notices to the names in the code. The two tables of records and states are written by \`npm run docs\` from the rulebook; figures and
parameters of a sector stand in its \`glossary.yaml\` (\`sectors/\`). What each term means is told by the console's knowledge base (\`/knowledge\`).

## Parties and places

| 中文 | English | in the code |
|---|---|---|
| 统一社会信用代码 | unified social credit code | \`uscc\` |
| 重点排放单位 | key emitting enterprise | party kind \`enterprise\` |
| 检测机构 | testing laboratory | \`lab\` |
| 技术服务机构（编制） | preparer of reports | \`preparer\` |
| 核查机构 | verifier | \`verifier\` |
| 国家、省、市生态环境主管部门 | authorities of three levels | \`national-authority\`, \`province-authority\`, \`city-authority\` |
| 全国碳排放权注册登记机构 | allowance registry | \`allowance-registry\` |
| 自愿减排注册登记机构 | CCER registry | \`ccer-registry\` |
| 机组、生产线 | unit, line | \`subject.unit\` |
| 行政区划代码 | region (GB/T 2260) | \`region\` |

## The ledger

| 中文 | English | in the code |
|---|---|---|
| 存证、锚定 | anchoring | \`anchor\`, \`Submission\` |
| 业务键 | business key | \`businessKey\`: \`{USCC}/{unit}/{period}/{kind}\` |
| 数据项 | figure | \`Figure\`, address \`{key}#{name}\` |
| 存证回执 | receipt | \`carbon-ledger/receipt/v1\` |
| 单项数据证明 | figure proof | \`carbon-ledger/figure-proof/v1\` |
| 透明日志、检查点 | transparency log, checkpoint | \`log\`, \`Checkpoint\` |
| 联署 | cosignature of an organisation of the channel | \`cosigning\` |
| 见证 | cosignature of somebody outside | \`witness\` |
| 溯源 | trace | \`trace\`, \`provenance\` |
| 影响测算 | what a withdrawal costs | \`impact\` |
| 规则版本 | edition of the rules | \`rule-edition\`, \`editions\` |
| 一致 / 一致但记录已失效 / 不一致 / 未找到 / 无法判定 | verdicts on a file | \`consistent\`, \`no-longer-stands\`, \`inconsistent\`, \`not-found\`, \`undecidable\` |

## Records

| 中文 | English | in the code |
|---|---|---|
${types.join('\n')}

## States

| 中文 | English | in the code | of |
|---|---|---|---|
${states.join('\n')}
`;
}

writeFileSync(new URL('../docs/glossary.md', import.meta.url), glossaryPage());
writeFileSync(new URL('../docs/lifecycles.md', import.meta.url), lifecyclesPage());
writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsPage());
writeFileSync(new URL('../docs/records.md', import.meta.url), recordsPage());
writeFileSync(new URL('../docs/record-content.md', import.meta.url), recordContentPage(core));
writeFileSync(new URL('../docs/rules.md', import.meta.url), rulesPage(shelvedRuleSet(), heldElsewhere()));
