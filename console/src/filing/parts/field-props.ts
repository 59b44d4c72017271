import type { Fault } from '@carbon-ledger/core';
import type { Content } from '../content';
import type { Field, FieldPath } from '../fields';

/** What every field of a form is given. */
export interface FieldProps {
  readonly field: Field;
  readonly path: FieldPath;
  readonly content: Content;
  readonly faults: readonly Fault[];
  readonly onChange: (path: FieldPath, value: unknown) => void;
  /** A record's content that is right: shown where nothing was typed yet. */
  readonly example: unknown;
}

/** Id of a field's control, by which labels and faults find it. */
export function controlId(path: FieldPath): string {
  return `field-${path.join('-')}`;
}
