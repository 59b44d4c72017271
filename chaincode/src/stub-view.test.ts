import type { ChaincodeStub } from 'fabric-shim';
import { emptyView, OverlayView, StoredView, type LedgerView } from '@carbon-ledger/core';
import { StubStore, writeEffects } from './stub-view';

/** A world state that gives copies, as a peer in another process does. */
class Stub {
  readonly state = new Map<string, Uint8Array>();

  getState = (key: string): Promise<Uint8Array> => Promise.resolve(Buffer.from(this.state.get(key) ?? []));
  putState = (key: string, value: Uint8Array): Promise<void> => {
    this.state.set(key, value);
    return Promise.resolve();
  };
  deleteState = (key: string): Promise<void> => {
    this.state.delete(key);
    return Promise.resolve();
  };
}

const viewOf = (stub: Stub): LedgerView => new StoredView(new StubStore(stub as unknown as ChaincodeStub));

async function filled(count: number): Promise<{ readonly stub: Stub; readonly view: OverlayView }> {
  const stub = new Stub();
  const view = new OverlayView(emptyView);
  for (let n = 0; n < count; n += 1) await view.setHead('bucket', `kind-${String(n)}`, { v: 1, r: 'ab'.repeat(32) });
  await writeEffects(stub as unknown as ChaincodeStub, view);
  return { stub, view };
}

describe('what the contract itself wrote', () => {
  it('is not read again, by whichever transaction', async () => {
    const { stub, view } = await filled(100);
    const value = await viewOf(stub).get('head', 'bucket');
    expect(value).toBe(view.writtenHeads('head/bucket'));
    expect(await viewOf(stub).get('head', 'bucket')).toBe(value);
  });

  it('is read from the state where that holds another', async () => {
    const { stub, view } = await filled(100);
    const other = Buffer.from(
      Buffer.from(stub.state.get('head/bucket') ?? [])
        .toString()
        .replace('"v":1', '"v":2'),
    );
    stub.state.set('head/bucket', other);
    const value = await viewOf(stub).get('head', 'bucket');
    expect(value).not.toBe(view.writtenHeads('head/bucket'));
    expect(value).toEqual({ ...view.writtenHeads('head/bucket'), 'kind-0': { v: 2, r: 'ab'.repeat(32) } });
  });

  it('is refused where the state holds it damaged', async () => {
    const { stub } = await filled(100);
    stub.state.set('head/bucket', Buffer.concat([stub.state.get('head/bucket') ?? Buffer.alloc(0), Buffer.from(' x')]));
    await expect(viewOf(stub).get('head', 'bucket')).rejects.toMatchObject({ code: 'BAD_JSON' });
  });

  it('is read anew where it is short, and gone once it was taken away', async () => {
    const { stub } = await filled(1);
    expect(await viewOf(stub).get('head', 'bucket')).toEqual({ 'kind-0': { v: 1, r: 'ab'.repeat(32) } });
    const view = new OverlayView(viewOf(stub));
    view.remove('head', 'bucket');
    await writeEffects(stub as unknown as ChaincodeStub, view);
    expect(await viewOf(stub).get('head', 'bucket')).toBeUndefined();
  });

  it('stays as it is while a later transaction lays another head over it', async () => {
    const { stub, view } = await filled(100);
    const before = Object.keys(view.writtenHeads('head/bucket') ?? {});
    const later = new OverlayView(viewOf(stub));
    await later.setHead('bucket', 'kind-0', { v: 2, r: 'cd'.repeat(32) });
    await later.setHead('bucket', 'another', { v: 1, r: 'cd'.repeat(32) });
    expect(Object.keys((await viewOf(stub).get('head', 'bucket')) ?? {})).toEqual(before);
    expect(await viewOf(stub).get('head', 'bucket')).toMatchObject({ 'kind-0': { v: 1 } });
  });
});
