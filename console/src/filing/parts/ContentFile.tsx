import { parseDocument, recordTypes, type RecordType } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { useText } from '../../app/language-context';
import { DropBox } from '../../parts/DropBox';
import { Failure } from '../../parts/Failure';
import type { Content } from '../content';
import { fieldsOfType, type Field } from '../fields';

interface ContentFileProps {
  readonly type: RecordType;
  readonly onRead: (content: Content) => void;
}

/** Whether under names of its own there stands more than a word: tables of values, formulas, limits. */
function isTable({ fields = [], item, named }: Field): boolean {
  return (
    (named !== undefined && named.kind !== 'text') || [...fields, ...(item === undefined ? [] : [item])].some(isTable)
  );
}

/** Content that no person types, a methodology or a table of parameters, is read from a file. */
export function ContentFile({ type, onRead }: ContentFileProps): ReactElement | null {
  const t = useText();
  const [error, setError] = useState<unknown>();
  if (!fieldsOfType(type).some(isTable)) return null;
  const read = async (file: File): Promise<void> => {
    setError(undefined);
    const content = parseDocument(new Uint8Array(await file.arrayBuffer()));
    onRead(recordTypes[type].content.parse(content) as Content);
  };
  return (
    <>
      <DropBox
        id="content-file"
        label={t('从文件读入内容（.json）', 'Read the content from a file (.json)')}
        onFiles={([first]) => {
          if (first !== undefined) read(first.file).catch(setError);
        }}
      >
        {t('或把文件拖到这里', 'or drop the file here')}
      </DropBox>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
