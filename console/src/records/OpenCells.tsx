import type { DocumentRef } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { useSession } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { openingOf } from '../filing/cells';
import { meansOf } from '../filing/prepare-filing';
import { DropBox } from '../parts/DropBox';
import { Failure } from '../parts/Failure';
import { saveFile } from '../parts/save-file';

/** For whoever anchored a table: the opening of its cells, made here of the table itself and the key. */
export default function OpenCells({ document }: { readonly document: DocumentRef }): ReactElement {
  const t = useText();
  const state = useSession();
  const [error, setError] = useState<unknown>();
  const make = async (file: Blob): Promise<void> => {
    const opening = await openingOf(file, document, await meansOf(state).keys.cellsSeed(document.sha256));
    saveFile(`${document.name}.opening.json`, opening, 'application/json');
  };
  return (
    <details>
      <summary>{t('制作单元格展开文件', 'Make the opening of its cells')}</summary>
      <p className="quiet">
        {t(
          '选择这份表格的原件。得到展开文件的人能看到其中每个单元格，并能指出改动过的副本在哪些单元格不同。',
          'Choose this table as it was anchored. Whoever has the opening sees every cell, and can tell at which cells a changed copy differs.',
        )}
      </p>
      <DropBox
        id={`open-${document.sha256.slice(-8)}`}
        label={t('选择原件', 'Choose the table')}
        onFiles={([file]) => {
          setError(undefined);
          if (file !== undefined) make(file.file).catch(setError);
        }}
      >
        {t('或拖到这里', 'or drop it here')}
      </DropBox>
      {error !== undefined && <Failure error={error} />}
    </details>
  );
}
