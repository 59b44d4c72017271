import type { Store } from '@carbon-ledger/auditor/stored';
import { Parties } from './parties';

const uscc = '91140100MA0FAKE2XU';

it('remembers no party as it was before a block that came while it was read', async () => {
  const stored = { text: '{"content":{"status":"active"}}' };
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const store: Pick<Store, 'text'> = {
    text: async () => {
      const { text } = stored;
      await held;
      return text;
    },
  };
  const parties = new Parties(store as Store);
  const before = parties.find(uscc);
  stored.text = '{"content":{"status":"suspended"}}';
  parties.forget(uscc);
  release();
  expect((await before)?.content.status).toBe('active');
  expect((await parties.find(uscc))?.content.status).toBe('suspended');
  // And then it is remembered.
  stored.text = '{"content":{"status":"ended"}}';
  expect((await parties.find(uscc))?.content.status).toBe('suspended');
});
