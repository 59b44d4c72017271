// Compiles the contract and writes its artefact. `node compile.mjs --check` compares instead, and fails if they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import solc from 'solc';

const NAME = 'CheckpointWitness';
const source = readFileSync(new URL(`${NAME}.sol`, import.meta.url), 'utf8');
const artefact = new URL(`${NAME}.json`, import.meta.url);

// No metadata in the code: it would make the bytes depend on comments and file names. An old target runs on every chain.
const settings = {
  evmVersion: 'paris',
  optimizer: { enabled: true, runs: 200 },
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'storageLayout'] } },
};

const input = { language: 'Solidity', sources: { [`${NAME}.sol`]: { content: source } }, settings };
const output = JSON.parse(solc.compile(JSON.stringify(input)));
if (output.errors?.length > 0) throw new Error(output.errors.map((error) => error.formattedMessage).join('\n'));

const { abi, evm, storageLayout } = output.contracts[`${NAME}.sol`][NAME];
const { outputSelection, ...kept } = settings;
const slots = Object.fromEntries(storageLayout.storage.map(({ label, slot }) => [label, slot]));
const compiled = {
  contract: NAME,
  compiler: solc.version(),
  settings: kept,
  slots,
  abi,
  bytecode: `0x${evm.bytecode.object}`,
};
const text = `${JSON.stringify(compiled, null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(artefact, text);
} else if (readFileSync(artefact, 'utf8') !== text) {
  console.error(`${NAME}.json is not what ${NAME}.sol compiles to: run node gateway-api/contracts/compile.mjs`);
  process.exitCode = 1;
}
