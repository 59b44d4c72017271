import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeImages, toolsImage } from '../config/compose';
import { NetworkError } from '../errors';
import type { Layout } from '../layout';
import { DockerEngine } from '../runtime/docker-engine';
import { ensureChaincodeImage } from '../runtime/images';
import type { Places, Session } from '../session';
import { CHECKSUM_FILE, checkChecksums, listChecksums } from './checksums';

const TRANSFER_TIMEOUT_MS = 1_800_000;
/** What of network/ the other side needs; the verbs themselves are put into one file. */
const CARRIED = ['cli.mjs', 'topology.yaml', 'README.md', 'ccaas-builder', 'docker'];

/**
 * Writes one folder that a machine without any network can start from: images, the contract's bundle, the verbs with all
 * their libraries in one file, and checksums. There: `node network/cli.mjs load .`, then `up` and `deploy`.
 */
export async function writeBundle(
  places: Places,
  layout: Layout,
  contract: string,
  output: string,
  say: Session['say'],
): Promise<void> {
  if (existsSync(output)) throw new NetworkError(`${output} is there already.`, 'Name another folder: --output DIR');
  if (!existsSync(contract)) {
    throw new NetworkError(`There is no chaincode bundle at ${contract}`, 'Build it: npm run chaincode:bundle');
  }
  mkdirSync(join(output, 'chaincode', 'dist'), { recursive: true });
  cpSync(contract, join(output, 'chaincode', 'dist', 'bundle.cjs'));
  for (const name of CARRIED) {
    const source = join(places.home, name);
    if (existsSync(source)) cpSync(source, join(output, 'network', name), { recursive: true });
  }
  await bundleVerbs(places, output);
  const images = await collectImages(places, layout, contract, output);
  say(`Saving ${images.join(', ')} …`);
  await new DockerEngine().run(['save', '--output', join(output, 'images.tar'), ...images], {
    timeoutMs: TRANSFER_TIMEOUT_MS,
  });
  writeFileSync(join(output, CHECKSUM_FILE), await listChecksums(output));
  say(`Wrote ${output}. On the other machine: node network/cli.mjs load .`);
}

async function bundleVerbs(places: Places, output: string): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(places.home, 'dist', 'main.js')],
    outfile: join(output, 'network', 'dist', 'main.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['esbuild'],
    logLevel: 'warning',
  });
}

async function collectImages(places: Places, layout: Layout, contract: string, output: string): Promise<string[]> {
  const engine = new DockerEngine();
  if ((await engine.version()) === undefined) {
    throw new NetworkError('No Docker engine answers, and the images are in it.', 'Start Docker, then bundle again.');
  }
  const bundleSha256 = createHash('sha256').update(readFileSync(contract)).digest('hex');
  const context = join(output, 'image-context');
  const dockerFiles = join(places.home, 'docker');
  const service = await ensureChaincodeImage(engine, layout, dockerFiles, context, { bundle: contract, bundleSha256 });
  rmSync(context, { recursive: true, force: true });
  const nodes = nodeImages(layout);
  for (const image of nodes) {
    if (!(await engine.hasImage(image))) throw new NetworkError(`Image ${image} is missing.`, `docker pull ${image}`);
  }
  const tools = (await engine.hasImage(toolsImage(layout))) ? [toolsImage(layout)] : [];
  return [...nodes, service, ...tools];
}

/** Checks a folder that `bundle` wrote, file by file, and gives its images to the engine. */
export async function loadBundle(folder: string, say: Session['say']): Promise<void> {
  const faults = await checkChecksums(folder);
  if (faults.length > 0) {
    throw new NetworkError(`The bundle is not as it was written:\n  ${faults.join('\n  ')}`, 'Carry it over again.');
  }
  say('Every file is as it was written.');
  const { stdout } = await new DockerEngine().run(['load', '--input', join(folder, 'images.tar')], {
    timeoutMs: TRANSFER_TIMEOUT_MS,
  });
  say(stdout.trim());
}
