import { MAX_CONTENT_BYTES, MAX_FIGURE_PROOF_BYTES } from '../../../core/src/figure-proof/format';
import { MAX_RECEIPT_BYTES } from '../../../core/src/receipt';
import { MAX_CERTIFICATE_BYTES } from '../../../core/src/pdf';
import { LARGEST_CONTENT, LARGEST_FILE, LARGEST_PDF } from './limits';

test('the limits are those of the formats', () => {
  expect([LARGEST_FILE, LARGEST_CONTENT]).toEqual([MAX_FIGURE_PROOF_BYTES, MAX_CONTENT_BYTES]);
  expect(LARGEST_PDF).toBe(MAX_CERTIFICATE_BYTES);
  expect(MAX_RECEIPT_BYTES).toBeLessThanOrEqual(LARGEST_FILE);
});
