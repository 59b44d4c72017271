import type { ReactElement } from 'react';
import { useText } from '../app/language-context';
import { counted } from '../words/counted';

/** What is said where figures that are not open to who asks leave the tonnes unknown. */
export function ClosedFigures({ count }: { readonly count: number | undefined }): ReactElement | null {
  const t = useText();
  if (count === undefined) return null;
  return (
    <p className="warn" data-hidden="">
      {t(
        `– 无法判定：测算涉及的 ${String(count)} 条记录的数据项未向您公开，影响的吨数未知。`,
        `– Undecidable: of what it is computed from, the figures of ${counted(count, 'record')} are not open to you, so what it comes to is not known.`,
      )}
    </p>
  );
}
