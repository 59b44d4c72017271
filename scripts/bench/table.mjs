export const whole = (value) => Math.round(value).toLocaleString('en');
export const fine = (value) => value.toFixed(value < 10 ? 2 : 1);

/** Prints a table in Markdown. */
export function table(title, head, rows) {
  const lines = [head, ...rows].map((row) => `| ${row.join(' | ')} |`);
  console.log(`\n### ${title}\n\n${lines[0]}\n|${head.map(() => '---').join('|')}|\n${lines.slice(1).join('\n')}`);
}
