import { sha256 } from '../blocks/bytes';
import type { NamespaceSet } from '../blocks/rwset';
import { deletesOnly } from './written';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as const;

function deleting(...txIds: readonly string[]): NamespaceSet {
  const writes = txIds.map((txId) => ({
    keyHash: sha256(Buffer.from(`tx/${txId}`)),
    isDelete: true,
    valueHash: Buffer.alloc(0),
  }));
  const kept = { keyHash: sha256(Buffer.from('tx/kept')), isDelete: false, valueHash: Buffer.alloc(32) };
  const collections = [{ collection: 'figures', reads: [], writes: [...writes, kept], metadataWrites: [] }];
  return { namespace: 'c', reads: [], ranges: [], writes: [], metadataWrites: [], collections };
}

describe('deletesOnly', () => {
  it('holds what is deleted to what a purge says, both ways', () => {
    expect(deletesOnly(deleting(a, b), [a, b])).toBe(true);
    expect(deletesOnly(deleting(), [])).toBe(true);
    expect(deletesOnly(undefined, [])).toBe(true);
    expect(deletesOnly(deleting(a, b), [a])).toBe(false);
    expect(deletesOnly(deleting(a), [a, b])).toBe(false);
    expect(deletesOnly(deleting(a), [b])).toBe(false);
    expect(deletesOnly(deleting(a), [])).toBe(false);
  });
});
