import { z } from 'zod';
import type { ErrorCode, Fault } from '../errors';
import { issueWords } from './words';

// For every schema of the process: nobody is ever told what a library says by default.
z.config({ customError: issueWords });

/** RFC 6901: `~` and `/` inside a name are escaped. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Every issue of a failed validation as a fault with its place. */
export function faultsOf(code: ErrorCode, error: z.ZodError, base = ''): Fault[] {
  return error.issues.map((issue) => ({ path: base + jsonPointer(issue.path), code, message: issue.message }));
}
export { titled } from './titled';
