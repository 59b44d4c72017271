import { trialBlocks } from './trial';

it.each(['zh', 'en'] as const)(
  'a paper of a trial ledger says that it proves nothing, and no other does: %s',
  (language) => {
    for (const paper of ['certificate', 'report'] as const) {
      expect(trialBlocks(false, paper, language)).toEqual([]);
      expect(trialBlocks(true, paper, language)).toMatchObject([
        {
          kind: 'verdict',
          tone: 'bad',
          text: expect.stringMatching(language === 'zh' ? '不具有任何证明作用' : 'proves nothing') as string,
        },
      ]);
    }
  },
);
