import type { ReactElement } from 'react';
import { useText } from '../app/language-context';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** Stops it; what was done stays. */
  readonly onCancel: () => void;
}

/** Long work: how far it is, and a way to stop it. */
export function Progress({ label, done, total, onCancel }: ProgressProps): ReactElement {
  const t = useText();
  return (
    <p className="row" role="status">
      <label>
        <span>
          {label} {String(done)} / {String(total)}
        </span>
        <progress value={done} max={Math.max(total, 1)} />
      </label>
      <button type="button" className="plain" onClick={onCancel}>
        {t('取消', 'Cancel')}
      </button>
    </p>
  );
}
