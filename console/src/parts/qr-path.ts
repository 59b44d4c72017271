import { encode } from 'uqr';

/** Light squares around the code, without which it is not found (ISO/IEC 18004). */
const BORDER = 4;

export interface QrPath {
  /** Squares a side, border included. */
  readonly size: number;
  /** Path of an SVG, one unit a square. */
  readonly path: string;
}

/** Runs of dark squares of each row, so that a code of a thousand squares is a few hundred strokes. */
export function qrPath(text: string): QrPath {
  const { size, data } = encode(text, { ecc: 'M', border: BORDER });
  const strokes = data.flatMap((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ index, 0: run }) => `M${String(index)} ${String(y)}h${String(run.length)}v1h-${String(run.length)}z`),
  );
  return { size, path: strokes.join('') };
}
