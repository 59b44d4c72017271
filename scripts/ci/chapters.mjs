// What must hold while the service stands with the sample on its ledger.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/prepare.mjs';
import { check, expectEqual, expectTrue } from './checks.mjs';
import { carbonLedger, json, logSize, program, serviceUrl, work } from './outside.mjs';
import { sectorsAreToldThrough } from './sectors.mjs';
import { variants } from './tamper.mjs';

const sampleDir = path.join(root, 'scripts', 'sample');
const sampleFile = path.join(sampleDir, 'sample-plant.json');
const plant = '91140000MA0FAKE01X';

const figures = [
  ['PLANT/2024/annual-report#emission_tCO2', '4146356'],
  ['U1/2024/annual-report#emission_tCO2', '2373832'],
  ['U2/2024/annual-report#emission_tCO2', '1772524'],
  ['U1/2024/allowance-issuance#A_tCO2', '2387922'],
  ['U2/2024/allowance-issuance#A_tCO2', '1676533'],
  ['PLANT/2024/allowance-issuance#allowance_tCO2', '4064455'],
  ['PLANT/2024/allowance-issuance#gap_tCO2', '81901'],
  ['PLANT/2024/surrender#ccerCap_tCO2', '207317'],
];

export async function figuresAreRecomputed() {
  for (const [address, value] of figures) {
    await check(`trace ${address} = ${value}`, async () => {
      const trace = await json(0, 'trace', `${plant}/${address}`);
      expectEqual([trace.value, trace.status, trace.breaks], [value, 'intact', []], 'value, status, breaks');
    });
  }
  await check('the plant emission is traced down to laboratory tests', async () => {
    const { nodes } = await json(0, 'trace', `${plant}/PLANT/2024/annual-report#emission_tCO2`);
    const tests = nodes.filter((node) => node.figure.endsWith('/test-report#Cad_pct'));
    expectTrue(tests.length >= 23, `only ${tests.length} laboratory values in the trace`);
    expectTrue(
      nodes.every((node) => node.party && node.anchoredAt && Array.isArray(node.documents)),
      'a node lacks its source',
    );
  });
}

export async function tamperingIsNamed() {
  await check('the sample itself is the same as the ledger', async () => {
    expectEqual((await json(0, 'check', 'plant-year', sampleFile)).status, 'same', 'status');
  });
  for (const variant of variants) {
    await check(`check names ${variant.id}`, async () => {
      const file = JSON.parse(readFileSync(sampleFile, 'utf8'));
      variant.apply(file);
      const copy = path.join(work, 'tampered.json');
      writeFileSync(copy, JSON.stringify(file));
      const answer = await json(1, 'check', 'plant-year', copy);
      expectEqual(answer.status, 'differs', 'status');
      const named = answer.differences.filter(
        (one) => one.record === `${plant}/${variant.key}` && one.figure === variant.figure,
      );
      expectTrue(
        named.length > 0,
        `${variant.key}#${variant.figure} is not named: ${answer.differences.map((one) => `${one.record}#${one.figure}`).join(', ')}`,
      );
      const rules = new Set(answer.differences.flatMap((one) => one.rules));
      for (const rule of variant.rules)
        expectTrue(rules.has(rule), `${rule} is not named, only ${[...rules].join(', ')}`);
    });
  }
}

export async function filesAreVerified() {
  const folder = path.join(work, 'files');
  cpSync(path.join(sampleDir, 'files'), folder, { recursive: true });
  rmSync(path.join(folder, 'manifest.json'), { force: true });
  await check('every sample file is 一致', async () => {
    const answer = await json(0, 'verify', folder);
    expectTrue(answer.files.length > 50, `only ${answer.files.length} files`);
    expectTrue(
      answer.files.every(
        (file) => file.verdict === 'consistent' && file.verdictZh === '一致' && file.record && file.anchoredAt,
      ),
      'not all of them',
    );
  });
  await check('a file with one digit changed is 不一致, and an unknown one 未找到', async () => {
    const [changed] = readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.csv'))
      .sort();
    const text = readFileSync(path.join(folder, changed), 'utf8');
    const at = text.search(/\d(?=\D*$)/);
    const digit = String((Number(text[at]) + 1) % 10);
    writeFileSync(path.join(folder, changed), text.slice(0, at) + digit + text.slice(at + 1));
    writeFileSync(path.join(folder, 'stranger.txt'), 'never anchored');
    const answer = await json(1, 'verify', folder);
    const verdictOf = (name) => answer.files.find((file) => file.path.endsWith(name)).verdict;
    expectEqual([verdictOf(changed), verdictOf('stranger.txt')], ['inconsistent', 'not-found'], 'verdicts');
  });
}

export async function receiptsVerifyOffline() {
  const receipt = path.join(work, 'annual.receipt');
  const policy = path.join(work, 'policy.json');
  const reportKey = `${plant}/PLANT/2024/annual-report`;
  await check('a receipt verifies offline against the pinned policy', async () => {
    await json(0, 'log', '--policy', '-o', policy);
    await json(0, 'receipt', reportKey, '-o', receipt);
    expectTrue(readFileSync(receipt).length <= 4096, 'the receipt is larger than 4 KB');
    const nowhere = await json(0, 'verify-receipt', receipt, '--policy', policy, '--url', 'http://127.0.0.1:9');
    expectEqual(nowhere.result, 'PASS', 'result');
    expectTrue(nowhere.doesNotProve.length > 0, 'it does not say what is not proved');
  });
  await check('an altered receipt fails', async () => {
    await json(0, 'receipt', reportKey, '-o', receipt, '--text');
    writeFileSync(receipt, readFileSync(receipt, 'utf8').replace('4146356', '4146355'));
    const answer = await json(1, 'verify-receipt', receipt, '--policy', policy);
    expectEqual(answer.result, 'FAIL', 'result');
  });
}

export async function importIsSafe() {
  const before = await logSize();
  await check('a second import doubles nothing', async () => {
    const answer = await json(
      0,
      'import',
      'plant-year',
      sampleFile,
      '--trial-keys',
      '--documents',
      path.join(sampleDir, 'files'),
    );
    expectEqual([answer.anchored, await logSize()], [0, before], 'anchored records and log size');
  });
  await check('a file with faults is refused with all of them, and nothing is anchored', async () => {
    const file = JSON.parse(readFileSync(sampleFile, 'utf8'));
    file.units[0].months[0].emission_tCO2 = '1.00';
    file.units[1].months.splice(5, 1);
    const bad = path.join(work, 'bad.json');
    writeFileSync(bad, JSON.stringify(file));
    const answer = await json(1, 'import', 'plant-year', bad, '--trial-keys');
    expectTrue(answer.faults.length >= 2, `only ${answer.faults.length} faults`);
    expectEqual(await logSize(), before, 'log size');
  });
}

const lab = '91140100MA0FAKE2XU';

export async function theRestAnswers() {
  await check('impact of a withdrawn laboratory test is told in tonnes', async () => {
    const impact = await json(0, 'impact', `${plant}/U1/2024-03/test-report`, '--assume', 'withdrawn');
    expectTrue(JSON.stringify(impact).includes('tCO2'), 'no tonnes in the answer');
  });
  await check('trace draws SVG and writes PROV-JSON', async () => {
    const [svg, prov] = [path.join(work, 't.svg'), path.join(work, 't.json')];
    await json(0, 'trace', `${plant}/U1/2024/annual-report#emission_tCO2`, '--svg', svg, '--prov', prov);
    expectTrue(readFileSync(svg, 'utf8').startsWith('<'), 'no SVG');
    expectTrue('entity' in JSON.parse(readFileSync(prov, 'utf8')), 'no PROV entities');
  });
  await check('the example of the SDK reads without a key what is public, and vouches for no more', async () => {
    const file = path.join(sampleDir, 'files', 'allowances', '2024-final.txt');
    const example = path.join(root, 'examples', 'sdk', 'trace.mjs');
    const said = await program(example, serviceUrl(), file, `${plant}/U1/2024/annual-report#emission_tCO2`);
    expectTrue(
      said.stdout.includes('一致 consistent') && said.stdout.includes('undecidable'),
      said.stderr || said.stdout,
    );
  });
  await check('an enterprise engages its laboratory for another year', async () => {
    const contract = path.join(work, 'contract-2025.txt');
    const content = path.join(work, 'engagement.json');
    writeFileSync(contract, 'contract of 2025');
    writeFileSync(content, JSON.stringify({ party: lab, contractNo: 'HT-2025' }));
    const about = ['--type', 'engagement', '--label', 'testing', '--period', '2025', '--content', content];
    await json(0, 'anchor', contract, ...about, '--as', plant, '--trial-keys');
  });
  await check('a document is anchored and verified', async () => {
    const note = path.join(work, 'receipt-slip.txt');
    const content = path.join(work, 'content.json');
    writeFileSync(note, 'sample 2025-01 received');
    writeFileSync(
      content,
      JSON.stringify({ sampleNo: 'S-2025-01', sampleMonth: '2025-01', sampleKind: '月缩分样', received: '2025-02-03' }),
    );
    const where = ['--subject', plant, '--unit', 'U1', '--period', '2025-01', '--content', content];
    const anchored = await json(0, 'anchor', note, '--type', 'sample-receipt', ...where, '--as', lab, '--trial-keys');
    const answer = await json(0, 'verify', note);
    expectEqual(
      [answer.files[0].verdict, answer.files[0].record],
      ['consistent', anchored.record],
      'verdict and record',
    );
  });
  await sectorsAreToldThrough();
  await check('a command called wrongly exits 2', async () => {
    expectEqual((await carbonLedger('trace', 'nonsense')).code, 2, 'exit code');
  });
  await check('the page at / answers a browser', async () => {
    const answer = await fetch(`${serviceUrl()}/`, { headers: { accept: 'text/html' } });
    expectEqual([answer.status, (await answer.text()).includes('<html')], [200, true], 'status and page');
  });
}
