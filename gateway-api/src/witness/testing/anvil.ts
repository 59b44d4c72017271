import { spawn, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { deployWitnessContract } from '../evm-deploy';

/** First two accounts of anvil's public test mnemonic; they hold coins on no real chain. */
export const POSTER_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
export const STRANGER_KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';

export interface Anvil {
  readonly url: string;
  readonly chainId: string;
  /** Deploys the contract with the poster's account; lower-case address. */
  deploy(): Promise<string>;
  close(): Promise<void>;
}

/** A real EVM node on a loopback port of its own choice, stopped by `close`. */
export async function startAnvil(): Promise<Anvil> {
  const folder = dirname(require.resolve('@foundry-rs/anvil/package.json'));
  const args = [join(folder, 'bin.mjs'), '--host', '127.0.0.1', '--port', '0', '--chain-id', '31337'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = `http://${await listeningAt(child)}`;
  return { url, chainId: '31337', deploy: () => deploy(url), close: () => stop(child) };
}

function listeningAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /Listening on (127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => {
      reject(new Error(`anvil did not start: ${said}`));
    });
  });
}

async function deploy(url: string): Promise<string> {
  return (await deployWitnessContract({ url, chainId: '31337', privateKey: POSTER_KEY, pollingMs: 20 })).contract;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => {
      resolve();
    });
    child.kill('SIGTERM');
  });
}
