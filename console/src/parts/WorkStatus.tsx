import type { ReactElement } from 'react';
import { useText } from '../app/language-context';
import { Button } from './Button';
import { Failure } from './Failure';
import type { Work } from './use-work';

/** What is being made, a way to call it off, and what came of it. */
export function WorkStatus({ work: { busy, outcome, error, place, cancel } }: { readonly work: Work }): ReactElement {
  const t = useText();
  return (
    <>
      <span className="row" role="status" tabIndex={-1} ref={place} data-work={busy === undefined ? outcome : 'busy'}>
        {busy !== undefined && (
          <>
            <span>{busy}</span>
            <Button onClick={cancel}>{t('取消', 'Cancel')}</Button>
          </>
        )}
        {outcome === 'cancelled' && t('已取消，没有保存文件。', 'Cancelled: no file was saved.')}
        {outcome === 'saved' && t('已保存。', 'Saved.')}
      </span>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
