import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type { NoteSigner, VerifierKey } from '@carbon-ledger/core';
import { Witness } from '../witness';
import { witnessRouter } from '../witness-router';
import { LevelWitnessStore } from '../witness-store';
import { logSigner } from './test-log';

export interface RunningWitness {
  readonly url: string;
  readonly witness: Witness;
  readonly store: LevelWitnessStore;
  close(): Promise<void>;
}

export const NOW = new Date('2026-11-21T08:00:00.000Z');

/** A witness of the test log on a loopback port, with a store in a folder of its own. */
export function startWitness(signer: NoteSigner): Promise<RunningWitness> {
  return startWitnessOf(logSigner.key, signer);
}

/** The same of any log. */
export async function startWitnessOf(logKey: VerifierKey, signer: NoteSigner): Promise<RunningWitness> {
  const folder = mkdtempSync(join(tmpdir(), 'witness-'));
  const store = await LevelWitnessStore.open(folder);
  const logs = [{ origin: logKey.name, keys: [logKey] }];
  const witness = new Witness({ signer, logs, store, clock: () => NOW });
  const server = await listen(express().use('/w', witnessRouter(witness)));
  const close = async (): Promise<void> => {
    await stop(server);
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { url: `${urlOf(server)}/w`, witness, store, close };
}

export async function listen(handler: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function urlOf(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

export function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}
