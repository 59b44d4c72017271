import type { VerificationAnswer } from '@carbon-ledger/client-sdk';
import { businessKey, recordId, type LedgerRecord } from '@carbon-ledger/core';
import { plainText } from '../output/style';
import type { AskVerdicts } from './verify-files';

type Others = VerificationAnswer['also'];

const statusWords: Readonly<Record<NonNullable<Others>[number]['status'], string>> = {
  current: '有效 current',
  open: '待更正 open',
  superseded: '已被替代 superseded',
  withdrawn: '已撤回 withdrawn',
};

/** One line for each record that names the very same file, of another party, whose it is being not for a program to say, or not standing. */
export function alsoIn(others: Others, party: string | undefined): string[] {
  return (others ?? [])
    .filter((one) => one.party !== party || one.status !== 'current')
    .map(({ key, party: by, anchoredAt, status }) =>
      plainText(
        `  同一文件另存证于 the same file also stands in ${key}  by ${by}  ${anchoredAt}  ${statusWords[status]}`,
      ),
    );
}

/** A laboratory's report whose file somebody else put on record too. */
export interface SharedReport {
  /** Business key of the report, and the name of its file. */
  readonly record: string;
  readonly file: string;
  readonly also: NonNullable<Others>;
}

/** Which of the test reports among these share their file with a record of another party. */
export async function sharedReports(
  records: readonly { readonly record: LedgerRecord }[],
  ask: AskVerdicts,
): Promise<SharedReport[]> {
  const files = records
    .filter(({ record }) => record.type === 'test-report')
    .flatMap(({ record }) =>
      record.documents.map(({ name, sha256 }) => ({ record, id: recordId(record), name, sha256 })),
    );
  const answers = files.length === 0 ? [] : await ask(files.map(({ id, sha256 }) => ({ record: id, sha256 })));
  return files.flatMap(({ record, name }, index) => {
    const also = (answers[index]?.also ?? []).filter(({ party }) => party !== record.issuer);
    return also.length === 0 ? [] : [{ record: businessKey(record), file: name, also }];
  });
}

/** What the ledger says beside the figures: whether they agree is another question. */
export function formatShared({ record, file, also }: SharedReport): string[] {
  return [plainText(`${record}  ${file}`), ...alsoIn(also, undefined)];
}
