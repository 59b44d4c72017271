import { z } from 'zod';
import { textSchema, titled } from './content';

/** A finding by its address, as its screening told it: rule, record, and the digest of the values on which it rests. */
export const screenedFindingSchema = z.strictObject({
  rule: titled(textSchema.max(40), 'Rule', '规则'),
  at: titled(z.string().min(1).max(160), 'Record', '记录'),
  inputs: titled(textSchema.max(100), 'Digest of the values', '数据摘要'),
});
