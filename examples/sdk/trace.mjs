// Reads without a key: is this file the one that was anchored, and what does this figure rest on?
// node examples/sdk/trace.mjs http://127.0.0.1:8080 FILE FIGURE
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { LedgerClient } from '@carbon-ledger/client-sdk';

const [baseUrl, file, figure] = process.argv.slice(2);
const client = new LedgerClient({ baseUrl });

const hash = createHash('sha256').update(await readFile(file));
const { items } = await client.verify({ items: [{ sha256: `sha256:${hash.digest('hex')}` }], receipts: [] });
process.stdout.write(`${items[0].verdictZh} ${items[0].verdict} ${items[0].key ?? ''}\n`);

const { status, nodes, hidden } = await client.trace(figure);
process.stdout.write(`${status}: ${figure} rests on ${nodes.length - 1} figures, ${hidden} of them not open to us\n`);
