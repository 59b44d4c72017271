import type { PrivateWrites } from '../rwset/types';
import { PrivateStage } from './private-stage';

function writes(size: number): PrivateWrites[] {
  return [{ namespace: 'ns', collection: 'figures', bytes: Buffer.alloc(size), writes: [] }];
}

const RESULTS = Buffer.from('results');

describe('private data between endorsement and commit', () => {
  test('are found by transaction and result, and gone once removed', () => {
    const stage = new PrivateStage();
    const held = writes(10);
    stage.put('tx', RESULTS, held);
    expect(stage.get('tx', RESULTS)).toBe(held);
    expect(stage.get('tx', Buffer.from('other results'))).toBeUndefined();
    expect(stage.get('other', RESULTS)).toBeUndefined();
    stage.remove('tx', RESULTS);
    expect(stage.get('tx', RESULTS)).toBeUndefined();
  });

  test('are bounded: the oldest go first', () => {
    const stage = new PrivateStage(100);
    for (const id of ['a', 'b', 'c', 'd']) stage.put(id, RESULTS, writes(40));
    expect(['a', 'b', 'c', 'd'].map((id) => stage.get(id, RESULTS) !== undefined)).toEqual([false, false, true, true]);
    stage.put('c', RESULTS, writes(40));
    stage.remove('c', RESULTS);
    stage.put('e', RESULTS, writes(60));
    expect(stage.get('d', RESULTS)).toBeDefined();
  });

  test('of a transaction without any take no room', () => {
    const stage = new PrivateStage(0);
    stage.put('tx', RESULTS, []);
    expect(stage.get('tx', RESULTS)).toBeUndefined();
  });
});
