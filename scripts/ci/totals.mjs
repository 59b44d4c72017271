// Totals of a report as tab-separated lines for .ci/run: `passed N`, `failed N`, one `failure TEXT` each.
// Reads what jest writes with --json, and what story.mjs writes.
import { readFileSync } from 'node:fs';

function ofJest(report) {
  const failures = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
    // A file that could not be loaded, or that left something behind, is a failure though none of its tests is.
    return file.status === 'failed' && failed.length === 0 ? [`${file.name} failed as a whole`] : failed;
  });
  return { passed: report.numPassedTests, failed: failures.length, failures };
}

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { passed, failed, failures } = 'testResults' in report ? ofJest(report) : report;
const lines = [
  `passed\t${passed}`,
  `failed\t${failed}`,
  ...failures.map((text) => `failure\t${text.replace(/\s+/g, ' ')}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
