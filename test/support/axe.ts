import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Reports in full what is wrong and nothing else: what passes is most of a page, and naming its places most of the time. */
const run = `axe.run({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')),
)`;

/** What axe finds against WCAG 2.2 A and AA on the page as it stands: the rule and the places, empty where it is clean. */
export async function axeFindings(page: Page): Promise<string[]> {
  // By the debugger's way into the page, which its content policy does not govern; once for each document.
  if (await page.evaluate<boolean>("typeof axe === 'undefined'")) await page.evaluate(source);
  return page.evaluate<string[]>(run);
}
