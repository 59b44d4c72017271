import type { ReactElement } from 'react';
import { useText } from '../app/language-context';
import { Button } from './Button';
import { Failure } from './Failure';
import type { Doing, Work } from './use-work';

interface WorkStatusProps {
  readonly work: Work;
  /** What is said at its end; where nothing is, files are what it makes. */
  readonly said?: { readonly done?: string; readonly cancelled: string };
}

/** What is being made and how far it is, a way to call it off, and what came of it. */
export function WorkStatus({ work, said }: WorkStatusProps): ReactElement {
  const { busy, outcome, error, place, cancel } = work;
  const t = useText();
  const told = said ?? {
    done: t('已保存。', 'Saved.'),
    cancelled: t('已取消，没有保存文件。', 'Cancelled: no file was saved.'),
  };
  return (
    <>
      <span className="row" role="status" tabIndex={-1} ref={place} data-work={busy === undefined ? outcome : 'busy'}>
        {busy !== undefined && (
          <>
            <HowFar {...busy} />
            <Button onClick={cancel}>{t('取消', 'Cancel')}</Button>
          </>
        )}
        {outcome === 'cancelled' && told.cancelled}
        {outcome === 'done' && told.done}
      </span>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}

function HowFar({ label, done, total }: Doing): ReactElement {
  if (done === undefined || total === undefined) return <span>{label}</span>;
  return (
    <label>
      <span>
        {label} {String(done)} / {String(total)}
      </span>
      <progress value={done} max={Math.max(total, 1)} />
    </label>
  );
}
