import { useState, type ReactElement } from 'react';
import { useText } from '../app/language-context';
import type { Filing } from '../filing/draft';
import { Button } from '../parts/Button';
import { DropBox } from '../parts/DropBox';
import { saveFile } from '../parts/save-file';
import { newSeed, openedWith, seedIn } from './seed';

interface SeedProps {
  readonly filing: Filing;
  readonly onChange: (filing: Filing) => void;
}

/** For who plans an inspection: the seed is made and kept here, and the plan says its digest; opened with it, the plants are drawn. */
export default function SeedPanel({ filing, onChange }: SeedProps): ReactElement {
  const t = useText();
  const [told, setTold] = useState('');
  const { content, subject } = filing;
  const make = (): void => {
    const { seed, commitment } = newSeed();
    const year = subject.period;
    saveFile(
      `${t('检查随机种子', 'inspection-seed')}${year === '' ? '' : `-${year}`}.txt`,
      `${t('飞行检查随机种子', 'Seed of an inspection')} ${year}\n${seed}\n`,
      'text/plain;charset=utf-8',
    );
    onChange({ ...filing, content: { ...content, stage: 'plan', commitment } });
    setTold(
      t(
        '种子已保存为文件，承诺值已填入。请妥善保管并保密：启动检查时须用它抽取，遗失则无法启动。',
        'The seed is saved as a file, and what commits to it is filled in. Keep it, and keep it secret: the inspection is opened with it, and without it never.',
      ),
    );
  };
  const open = async (file: Blob): Promise<void> => {
    const seed = seedIn(await file.text());
    const opened = seed === undefined ? undefined : openedWith(content, seed, subject.period.slice(0, 4));
    if (opened !== undefined) onChange({ ...filing, content: opened });
    setTold(
      opened === undefined
        ? t('✕ 这不是方案承诺的种子。', '✕ This is not the seed that the plan committed to.')
        : t(
            '种子与方案相符，检查对象已按种子抽出并填入。请补填检查人员与出示文书。',
            'It is the plan’s seed; the plants that it draws are filled in. Add the inspectors and the papers shown.',
          ),
    );
  };
  return (
    <section className="notice" data-seed="">
      {filing.version === 1 ? (
        <p className="row">
          <span>
            {t(
              '检查对象由随机种子抽取，方案只公布其承诺值。',
              'Plants are drawn by a seed; the plan tells its digest alone.',
            )}
          </span>
          <Button onClick={make}>{t('生成随机种子', 'Make a seed')}</Button>
        </p>
      ) : (
        <DropBox
          id="seed-file"
          label={t('选择随机种子文件', 'Choose the file of the seed')}
          onFiles={([file]) => {
            if (file !== undefined) void open(file.file);
          }}
        >
          {t('启动检查：用方案的种子抽取检查对象', 'To open the inspection: draw its plants with the seed of the plan')}
        </DropBox>
      )}
      <p aria-live="polite">{told}</p>
    </section>
  );
}
