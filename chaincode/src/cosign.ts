import {
  cosignerBytes,
  judgeCosignature,
  type CosignerState,
  type CosignFacts,
  type CosignRequest,
} from '@carbon-ledger/core';
import type { ChaincodeStub } from 'fabric-shim-api';
import { cosignerKey } from './state-keys';
import { readJson } from './stub-view';

/** Writes the organisation's word down, unless it takes back an earlier one. */
export async function cosign(stub: ChaincodeStub, facts: CosignFacts, request: CosignRequest): Promise<void> {
  const place = cosignerKey(facts.msp);
  const bytes = await stub.getState(place);
  const current = bytes.length === 0 ? undefined : (readJson(bytes) as CosignerState);
  await stub.putState(place, cosignerBytes(judgeCosignature(request, current, facts)));
}
