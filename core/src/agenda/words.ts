import { typeOfKind } from '../identifiers';
import { isRecordType, type Rulebook, type StepFiling, type Title } from '../rulebook';

/** What a step is called: the record that is filed, and on what. */
export function stepTitle(
  { types }: Pick<Rulebook, 'types'>,
  file: StepFiling,
  actedOn: string,
  isAgain: boolean,
): Title {
  const own = types[file.type].title;
  const type = typeOfKind(actedOn);
  if (file.role === undefined || !isRecordType(type))
    return isAgain
      ? { en: `File again: ${own.en}`, zh: `重新提交：${own.zh}` }
      : { en: `File: ${own.en}`, zh: `提交：${own.zh}` };
  const { title } = types[type];
  return { en: `${own.en}: ${title.en}`, zh: `${own.zh}：${title.zh}` };
}
