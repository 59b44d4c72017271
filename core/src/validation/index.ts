import { z } from 'zod';
import type { ErrorCode, Fault } from '../errors';
import { jsonPointer } from './json-pointer';
import { issueWords } from './words';

// For every schema of the process: nobody is ever told what a library says by default.
z.config({ customError: issueWords });

/** Every issue of a failed validation as a fault with its place. */
export function faultsOf(code: ErrorCode, error: z.ZodError, base = ''): Fault[] {
  return error.issues.map((issue) => ({ path: base + jsonPointer(issue.path), code, message: issue.message }));
}
export { jsonPointer } from './json-pointer';
export { textOf } from './text-of';
export { titled } from './titled';
