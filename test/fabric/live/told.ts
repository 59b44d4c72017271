import { GatewayError } from '@hyperledger/fabric-gateway';
import type { Sample } from '../recorder/market';
import type { Acknowledged } from './load';

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** What a client was told of a sample, to be held to. */
export function acknowledged({ key, record }: Sample): Acknowledged {
  return { key, record, ms: 0 };
}

/** Why a call was refused, in the words of the nodes that refused it; empty where it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return '';
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return [error.message, ...error.details.map(({ message }) => message)].join('\n');
  }
}
