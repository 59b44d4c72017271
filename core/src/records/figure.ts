import { z } from 'zod';
import { toHex } from '../bytes';
import { canonicalize } from '../canonical';
import { isDecimalText } from '../decimal';
import { LedgerError } from '../errors';
import { figureNamePattern } from '../identifiers';
import { leafOfText, rootOf } from '../merkle';
import { faultsOf } from '../validation';

export const figureNameSchema = z.string().regex(figureNamePattern, 'not a figure name');
export const figureTextSchema = z.string().refine(isDecimalText, 'not a decimal number');

/**
 * One private figure. Its canonical bytes, salt included, are a leaf of the record's figures tree: who does not hold the
 * salt (16 random bytes) cannot find the value by guessing, however few values are likely.
 */
export const figureSchema = z.strictObject({
  name: figureNameSchema,
  value: figureTextSchema,
  unit: z.string().max(40),
  /** Id of the methodology's formula that gives this figure; absent for a figure that is stated. */
  formula: z.string().max(120).optional(),
  /** Where it stands: index into the record's documents and a page, cell or line. */
  source: z.strictObject({ document: z.int().min(0).max(199), place: z.string().max(120) }).optional(),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
});
export type Figure = z.infer<typeof figureSchema>;

const figuresSchema = z.array(figureSchema).max(2000);

/** @throws LedgerError BAD_RECORD with a fault for every bad field */
export function parseFigures(value: unknown): Figure[] {
  const result = figuresSchema.safeParse(value);
  if (result.success) return result.data;
  throw new LedgerError('BAD_RECORD', 'the figures are not well formed', {
    faults: faultsOf('BAD_RECORD', result.error, '/figures'),
  });
}

export function figureLeafHash(figure: Figure): Uint8Array {
  return leafOfText(canonicalize(figure)).hash;
}

/** Figures in the order of their leaves: by name, in code unit order. */
export function orderFigures(figures: readonly Figure[]): Figure[] {
  return [...figures].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** Hex of the RFC 6962 root over the figures' leaves, or null for none. */
export function figuresRoot(figures: readonly Figure[]): string | null {
  if (figures.length === 0) return null;
  return toHex(rootOf(orderFigures(figures).map(figureLeafHash)));
}

/** @throws LedgerError FIGURES_ROOT_MISMATCH unless the figures are exactly those that the record commits to */
export function verifyFigures(root: string | null, figures: readonly Figure[]): void {
  const names = new Set(figures.map((figure) => figure.name));
  if (names.size !== figures.length) throw new LedgerError('FIGURES_ROOT_MISMATCH', 'a figure stands there twice');
  if (figuresRoot(figures) !== root) throw new LedgerError('FIGURES_ROOT_MISMATCH');
}
