import fc from 'fast-check';
import { isLedgerError } from '../errors';
import { certifiedFolder, MAX_CERTIFIED, type LookedUpFile } from './certified-folder';

const looked = (path: string, change: Partial<LookedUpFile> = {}): LookedUpFile => ({
  ...{ path, size: 1, sha256: 'sha256:0', sm3: 'sm3:0', verdict: 'consistent', verdictZh: '一致', reason: '' },
  ...{ record: `rec:${path}`, anchoredAt: '2025-01-01T00:00:00Z' },
  ...change,
});

function refusal(files: readonly LookedUpFile[]): unknown {
  try {
    return certifiedFolder('2024-09', files);
  } catch (error) {
    return isLedgerError(error) ? [error.code, error.faults.map(({ path }) => path)] : error;
  }
}

describe('a folder that is certified', () => {
  it('has one list whatever the order in which its files came', () => {
    const files = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(files, (paths) => {
        const given = paths.map((path) => looked(path));
        expect(certifiedFolder('x', given)).toEqual(certifiedFolder('x', [...given].reverse()));
      }),
    );
  });

  it('has each record once, with its time', () => {
    const files = [looked('b', { record: 'rec:1' }), looked('a', { record: 'rec:1' }), looked('c')];
    const { folder, records, anchoredAt } = certifiedFolder('x', files);
    expect(folder.files.map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect([records, Object.keys(anchoredAt)]).toEqual([
      ['rec:1', 'rec:c'],
      ['rec:1', 'rec:c'],
    ]);
  });

  it('is refused with every file that is not anchored as it is', () => {
    const files = [
      looked('good'),
      looked('new', { verdict: 'not-found', record: undefined }),
      looked('changed', { verdict: 'inconsistent' }),
      // One digest of a file of this record, the other of another file.
      looked('mixed', { verdict: 'undecidable' }),
      looked('old', { verdict: 'no-longer-stands' }),
    ];
    expect(refusal(files)).toEqual(['BAD_FILE', ['new', 'changed', 'mixed']]);
  });

  it('is refused without files, and with more records than one certificate holds', () => {
    const many = Array.from({ length: MAX_CERTIFIED + 1 }, (_, at) => looked(String(at)));
    expect([refusal([]), refusal(many)]).toEqual([
      ['FILE_UNREADABLE', []],
      ['BAD_REQUEST', []],
    ]);
    expect(refusal(many.slice(1))).toMatchObject({ records: { length: MAX_CERTIFIED } });
  });
});
