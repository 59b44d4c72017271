import { z } from 'zod';
import { missing } from './words';

/** What belongs in a text that is of one kind. */
const wanted = {
  day: 'a day, 2025-03-31',
  instant: 'an instant, 2025-03-31T08:00:00Z',
  number: 'a number',
  whole: 'a whole number',
} as const;

/** A text of one kind: where it is missing, what belongs there is said, and not that it is text. */
export function textOf(kind: keyof typeof wanted): z.ZodString {
  return z.string({ error: ({ input }) => (input === undefined ? missing(wanted[kind]) : undefined) });
}
