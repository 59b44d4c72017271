import type { Title } from '@carbon-ledger/core';
import type { TemplateKind } from '@carbon-ledger/spreadsheets';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useText } from '../app/language-context';
import { filingKinds } from './workbook';

/** A workbook that is filed on another page, or not as rows at all. */
export function OtherForm({ kind, title }: { readonly kind: TemplateKind; readonly title: Title }): ReactElement {
  const t = useText();
  const isFiled = filingKinds().some((one) => one.kind === kind);
  return (
    <p className="notice" role="alert" data-other-form={kind}>
      {t(`✕ 这是另一种表格：${title.zh}。`, `✕ This is another form: ${title.en}.`)}{' '}
      {isFiled ? (
        <Link href={`/batch/${kind}`}>{t('到它的页面填报', 'File it on its own page')}</Link>
      ) : (
        t('它作为记录的文件登记，不逐行填报。', 'It is named as a file of a record; its rows are not filed.')
      )}
    </p>
  );
}
