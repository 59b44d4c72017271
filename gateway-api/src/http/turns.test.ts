import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turns } from './turns';

test('those that came together go one by one, in the order of asking, with room for others in between', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const take = async (name: string): Promise<void> => {
    await turns.take();
    seen.push(name);
  };
  const other = nextTurn().then(() => seen.push('other'));
  await Promise.all([take('first'), take('second'), take('third'), other]);
  expect(seen).toEqual(['first', 'other', 'second', 'third']);
});

test('who comes alone does not wait', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const alone = turns.take().then(() => seen.push('alone'));
  const other = nextTurn().then(() => seen.push('other'));
  await Promise.all([alone, other]);
  expect(seen).toEqual(['alone', 'other']);
});
