import { formFields } from '@carbon-ledger/core';
import type { ActionView, AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { emptyContent, type Content } from '../filing/content';
import { fieldsOfType } from '../filing/fields';
import type { Filing } from '../filing/draft';

/** A list that such a decision cannot be without begins with one entry. */
function withReasons(content: Content, { file }: ActionView): Content {
  const list = formFields(file.type).find(
    ({ kind, name, isOptional }) => kind === 'list' && name === 'reasons' && !isOptional,
  );
  return list === undefined || file.content?.['decision'] === 'accept' ? content : { ...content, reasons: [{}] };
}

/** The record that takes a step, as far as the step says what is in it. */
export function filingOfStep(action: ActionView, { id, record }: AnchoredRecordView): Filing {
  const { type, kind, role, content = {} } = action.file;
  return {
    ...{ type, kind, subject: record.subject, version: 1, figures: {}, documents: [] },
    content: withReasons({ ...emptyContent(fieldsOfType(type)), ...content }, action),
    cites: role === undefined ? {} : { [role]: [id] },
  };
}
