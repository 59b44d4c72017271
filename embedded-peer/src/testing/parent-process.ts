import { startEmbeddedPeerProcess } from '../process/peer-process';

/** A program that has a peer process and tells its own parent when it serves. */
async function main(dataDir: string, program: string): Promise<void> {
  await startEmbeddedPeerProcess({ dataDir, initArgs: ['init', 'me'] }, program);
  process.send?.('serving');
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
