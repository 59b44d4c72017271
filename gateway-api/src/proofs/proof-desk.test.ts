import { join } from 'node:path';
import type { Trace } from '@carbon-ledger/core';
import { ThreadMaker, type PaperMaker } from '../certificates/maker';
import type { SentProofParts } from '../certificates/paper';
import { ProofDesk } from './proof-desk';
import { provJson, provN } from './prov-notations';
import { traceSvg } from './trace-svg';

const parts: SentProofParts = {
  figure: 'A/U1/2024/x#y',
  extent: 'full',
  receipts: { records: [], receipts: [] },
  figures: {},
};

it('makes proofs on a thread, and tells what making them says', async () => {
  const desk = new ProofDesk(new ThreadMaker('proof', join(__dirname, '../../dist/certificates/worker.js')));
  await expect(desk.make(parts)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'A figure proof needs receipts.',
  });
  await desk.close();
});

it('draws on the thread what the calling thread would draw', async () => {
  const node = { figure: 'A/U1/2024/x#y', record: 'rec:1', value: '1', unit: 't', party: 'A', documents: [] };
  const trace: Trace = {
    ...{ figure: node.figure, value: '1', unit: 't', status: 'intact', breaks: [], edges: [], hidden: 0 },
    nodes: [{ ...node, anchoredAt: '2026-01-01T00:00:00Z', status: 'current', state: 'CURRENT' }],
  };
  const desk = new ProofDesk(new ThreadMaker('proof', join(__dirname, '../../dist/certificates/worker.js')));
  expect(await desk.draw(trace, 'svg', 1)).toBe(traceSvg(trace, 1));
  expect(await desk.draw(trace, 'provn', undefined)).toBe(provN(trace));
  expect(JSON.parse(await desk.draw(trace, 'prov', undefined))).toEqual(provJson(trace));
  await desk.close();
});

it('makes one after another, and goes on behind one that fails', async () => {
  const order: string[] = [];
  const made: Record<string, () => void> = {};
  const maker: PaperMaker = {
    begin: () => undefined,
    make: async ({ of }) => {
      const { figure } = of as SentProofParts;
      order.push(`begin ${figure}`);
      await new Promise<void>((resolve) => (made[figure] = resolve));
      order.push(`end ${figure}`);
      if (figure === 'a') throw new Error('no');
      return new Uint8Array();
    },
    close: () => Promise.resolve(),
  };
  const desk = new ProofDesk(maker);
  const [a, b] = [desk.make({ ...parts, figure: 'a' }), desk.make({ ...parts, figure: 'b' })];
  const end = async (figure: string): Promise<void> => {
    while (made[figure] === undefined) await Promise.resolve();
    made[figure]();
  };
  await end('a');
  await expect(a).rejects.toThrow('no');
  await end('b');
  await b;
  expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b']);
});
