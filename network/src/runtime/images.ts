import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chaincodeImage } from '../config/compose';
import type { Layout } from '../layout';
import type { DockerEngine } from './docker-engine';

/** Image builds may fetch the base image; give them time. */
const BUILD_TIMEOUT_MS = 600_000;

export interface BundleFile {
  readonly bundle: string;
  readonly bundleSha256: string;
}

/**
 * Builds the image of the contract's service once for each bundle. `dockerFiles`: the folder of chaincode.Dockerfile;
 * `context`: a folder of its own, so that nothing but the bundle can get into the image.
 */
export async function ensureChaincodeImage(
  engine: DockerEngine,
  layout: Layout,
  dockerFiles: string,
  context: string,
  { bundle, bundleSha256 }: BundleFile,
): Promise<string> {
  const image = chaincodeImage(layout, bundleSha256);
  if (await engine.hasImage(image)) return image;
  mkdirSync(context, { recursive: true });
  copyFileSync(bundle, join(context, 'bundle.cjs'));
  const args = ['-f', join(dockerFiles, 'chaincode.Dockerfile'), '--build-arg', `BUNDLE_SHA256=${bundleSha256}`];
  await engine.run(['build', '-q', '-t', image, ...args, context], { timeoutMs: BUILD_TIMEOUT_MS });
  return image;
}
