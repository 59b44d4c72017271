import { useEffect, useState, type ReactElement } from 'react';
import { useText } from '../app/language-context';
import type { QrPath } from './qr-path';

/** A link to a place of this console that a telephone reads from the screen or from paper. */
export function Qr({ place }: { readonly place: string }): ReactElement {
  const t = useText();
  const [drawn, setDrawn] = useState<QrPath>();
  const address = `${location.origin}${place}`;
  useEffect(() => {
    let isCurrent = true;
    void import('./qr-path').then(({ qrPath }) => {
      if (isCurrent) setDrawn(qrPath(address));
    });
    return () => {
      isCurrent = false;
    };
  }, [address]);
  const { size, path } = drawn ?? { size: 1, path: '' };
  return (
    <svg
      className="qr"
      role="img"
      aria-label={t(`二维码：${address}`, `QR code: ${address}`)}
      data-drawn={drawn !== undefined}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
