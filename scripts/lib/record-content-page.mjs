// docs/record-content.md: every field of every record type's content, from the tables of the rulebook, with an example each.
import { z } from 'zod';

/** Choices by their codes; what is a code in both languages is told once. */
function choicesOf(choices) {
  const all = Object.entries(choices).map(([code, { zh, en }]) =>
    [`\`${code}\``, ...new Set([zh, en].filter((word) => word !== code))].join(' '),
  );
  return all.join('; ');
}

/** Kinds that say by themselves which texts they take. */
const SAID = new Set(['day', 'month', 'instant', 'decimal', 'uscc', 'record', 'whole']);

/** A number of what there may be: `1 to 8`, `at most 20`. */
function countOf(least = 0, most = undefined) {
  if (most === undefined || most > 1e9) return least > 1 ? `at least ${least}` : '';
  return least > 0 ? `${least} to ${most}` : `at most ${most}`;
}

/** What a text must be beside being one: its length, its form. */
function textRules(kind, { minLength, maxLength, pattern }) {
  const length = countOf(minLength > 1 ? minLength : 0, maxLength);
  const form = pattern === undefined || SAID.has(kind) ? '' : `of the form \`${pattern.replaceAll('|', '\\|')}\``;
  return [length === '' ? '' : `${length} characters`, form];
}

/** The schema itself, where it may be null or be left out. */
function bare(schema = {}) {
  return schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;
}

function kindOf({ kind, choices, item }, schema) {
  if (kind === 'choice' || choices !== undefined) return `one of: ${choicesOf(choices ?? {})}`;
  if (kind !== 'list') return [kind, ...textRules(kind, schema)].filter(Boolean).join(', ');
  const each =
    item?.fields === undefined ? `list of ${kindOf(item ?? { kind: 'values' }, bare(schema.items))}` : 'list';
  const count = countOf(schema.minItems, schema.maxItems);
  return count === '' ? each : `${each} (${count} entries)`;
}

function presence({ isOptional, isNullable }) {
  return [isOptional ? 'may be left out' : 'must be there', isNullable ? 'may be `null`' : '']
    .filter(Boolean)
    .join(', ');
}

/** A field, and those inside it, by their places: `units[].boilers`. */
function rowsOf(field, at, within) {
  const { title } = field;
  const schema = bare(within.properties?.[field.name]);
  const place = at === '' ? field.name : `${at}.${field.name}`;
  const name = `${title.zh} ${title.en}`.trim();
  const own = `| \`${place}\` | ${name} | ${kindOf(field, schema)} | ${presence(field)} |`.replace(/\n/g, ' ');
  const inside = field.fields ?? field.item?.fields ?? [];
  const [below, around] = field.item?.fields === undefined ? [place, schema] : [`${place}[]`, bare(schema.items)];
  return [own, ...inside.flatMap((one) => rowsOf(one, below, around))];
}

function sectionOf({ type, title, example, content }, fields) {
  const schema = z.toJSONSchema(content, { unrepresentable: 'any', io: 'input' });
  return `## \`${type}\` ${title.zh} ${title.en}

| field | name | value | |
|---|---|---|---|
${fields.flatMap((field) => rowsOf(field, '', schema)).join('\n')}

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`
`;
}

export function recordContentPage({ recordTypes, recordTypeNames, formFields }) {
  return `# Content of records

Written by \`npm run docs\` from \`core/src/rulebook/types\`: what \`content\` of a [record](formats/record.md) holds, type by type, with an example each. Who files it, and what it cites:
[records](records.md). Fields that are not named here are refused; a text has a character at least, and a form is a regular expression. A \`day\` is \`YYYY-MM-DD\` of Asia/Shanghai, a \`month\` \`YYYY-MM\`, an \`instant\` RFC 3339 in UTC to the second, a \`declaration\` \`true\`; decimals are strings. Figures do not stand in \`content\` but beside it;
which ones a type carries follows from the methodology of its year (\`POST /v1/drafts\` tells them: \`asked\`).

${recordTypeNames.map((type) => sectionOf(recordTypes[type], formFields(type))).join('\n')}`;
}
