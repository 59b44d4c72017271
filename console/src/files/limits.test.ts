import { MAX_CONTENT_BYTES, MAX_FIGURE_PROOF_BYTES } from '../../../core/src/figure-proof/format';
import { MAX_RECEIPT_BYTES } from '../../../core/src/receipt';
import { LARGEST_CONTENT, LARGEST_FILE } from './limits';

test('the limits are those of the formats', () => {
  expect([LARGEST_FILE, LARGEST_CONTENT]).toEqual([MAX_FIGURE_PROOF_BYTES, MAX_CONTENT_BYTES]);
  expect(MAX_RECEIPT_BYTES).toBeLessThanOrEqual(LARGEST_FILE);
});
