// docs/record-content.md: every field of every record type's content, from the tables of the rulebook, with an example each.

/** Choices by their codes; what is a code in both languages is told once. */
function choicesOf(choices) {
  const all = Object.entries(choices).map(([code, { zh, en }]) =>
    [`\`${code}\``, ...new Set([zh, en].filter((word) => word !== code))].join(' '),
  );
  return all.join('; ');
}

function kindOf({ kind, longest, choices, item }) {
  if (kind === 'choice' || choices !== undefined) return `one of: ${choicesOf(choices ?? {})}`;
  if (kind === 'list') return item?.fields === undefined ? `list of ${kindOf(item ?? { kind: 'values' })}` : 'list';
  return [kind, longest === undefined ? '' : `at most ${longest} characters`].filter(Boolean).join(', ');
}

function presence({ isOptional, isNullable }) {
  return [isOptional ? 'may be left out' : 'must be there', isNullable ? 'may be `null`' : '']
    .filter(Boolean)
    .join(', ');
}

/** A field, and those inside it, by their places: `units[].boilers`. */
function rowsOf(field, at) {
  const { title } = field;
  const place = at === '' ? field.name : `${at}.${field.name}`;
  const name = `${title.zh} ${title.en}`.trim();
  const own = `| \`${place}\` | ${name} | ${kindOf(field)} | ${presence(field)} |`.replace(/\n/g, ' ');
  const inside = field.fields ?? field.item?.fields ?? [];
  const below = field.item?.fields === undefined ? place : `${place}[]`;
  return [own, ...inside.flatMap((one) => rowsOf(one, below))];
}

function sectionOf({ type, title, example }, fields) {
  return `## \`${type}\` ${title.zh} ${title.en}

| field | name | value | |
|---|---|---|---|
${fields.flatMap((field) => rowsOf(field, '')).join('\n')}

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`
`;
}

export function recordContentPage({ recordTypes, recordTypeNames, formFields }) {
  return `# Content of records

Written by \`npm run docs\` from \`core/src/rulebook/types\`: what \`content\` of a [record](formats/record.md) holds, type by type, with an example each. Who files it, and what it cites:
[records](records.md). Fields that are not named here are refused. A \`day\` is \`YYYY-MM-DD\` of Asia/Shanghai, a \`month\` \`YYYY-MM\`, an \`instant\` RFC 3339 in UTC to the second, a \`declaration\` \`true\`; decimals are strings. Figures do not stand in \`content\` but beside it;
which ones a type carries follows from the methodology of its year (\`POST /v1/drafts\` tells them: \`asked\`).

${recordTypeNames.map((type) => sectionOf(recordTypes[type], formFields(type))).join('\n')}`;
}
