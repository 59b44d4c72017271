import { reportFiles } from './report-files';

const files = (...roles: string[]): { role: string }[] => roles.map((role) => ({ role }));

describe('the files that are a report', () => {
  it.each([
    ['are those that are called so', files('photo', 'report'), files('report')],
    ['are those of which nothing is said', files('document', 'photo'), files('document')],
    ['are all where each is called something else', files('photo', 'slip'), files('photo', 'slip')],
    ['are none where there is no file', files(), files()],
  ])('%s', (_, documents, expected) => {
    expect(reportFiles(documents)).toEqual(expected);
  });
});
