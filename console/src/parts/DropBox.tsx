import { useState, type ReactElement, type ReactNode } from 'react';
import { useText } from '../app/language-context';
import { chosenFiles, droppedFiles, type DroppedFile } from '../files/dropped';

interface DropBoxProps {
  readonly id: string;
  readonly label: string;
  readonly multiple?: boolean;
  /** Whole folders too: a drop takes them anyhow, and who has no mouse chooses one. */
  readonly folder?: boolean;
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  readonly children: ReactNode;
}

/** Takes files by a drop or by a choice; keys and screen readers use the choice. */
export function DropBox(props: DropBoxProps): ReactElement {
  const { id, label, multiple = false, folder = false, onFiles, children } = props;
  const t = useText();
  const [isOver, setOver] = useState(false);
  return (
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then(onFiles);
      }}
    >
      <Chooser id={id} label={label} onFiles={onFiles} attributes={{ multiple }} />
      {folder && (
        <Chooser
          id={`${id}-folder`}
          label={t('选择文件夹', 'Choose a folder')}
          onFiles={onFiles}
          attributes={{ webkitdirectory: '' }}
        />
      )}
      <span>{children}</span>
    </div>
  );
}

interface ChooserProps extends Pick<DropBoxProps, 'id' | 'label' | 'onFiles'> {
  readonly attributes: Readonly<Record<string, string | boolean>>;
}

function Chooser({ id, label, onFiles, attributes }: ChooserProps): ReactElement {
  return (
    <label htmlFor={id} className="button">
      {label}
      <input
        id={id}
        type="file"
        {...attributes}
        onChange={(event) => {
          onFiles(chosenFiles(event.currentTarget.files));
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}
