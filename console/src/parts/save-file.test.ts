import { saveUntil } from './save-file';

test('what is called off while a file is written is not saved', async () => {
  const controller = new AbortController();
  const saving = saveUntil(controller.signal, ['list.csv', 'written in one go']);
  controller.abort();
  await expect(saving).rejects.toMatchObject({ name: 'AbortError' });
});
