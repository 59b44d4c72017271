// Compiles the folder rules/ into core/src/screening/rule-set.json. Run after a build: npm run rules [-- --check]
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/prepare.mjs';
import { compiledRuleSet } from './lib/rules.mjs';

const target = path.join(root, 'core', 'src', 'screening', 'rule-set.json');
const { rules, ...about } = compiledRuleSet();
// One line for each rule: a change shows in a diff.
const text = `{"rules":[\n${rules.map((rule) => JSON.stringify(rule)).join(',\n')}\n],\n${JSON.stringify(about).slice(1)}\n`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('core/src/screening/rule-set.json is not what rules/ says: run npm run rules\n');
  process.exitCode = 1;
}
