import { useState, type ReactElement, type ReactNode } from 'react';
import { chosenFiles, droppedFiles, type DroppedFile } from '../files/dropped';

interface DropBoxProps {
  readonly id: string;
  readonly label: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  readonly children: ReactNode;
}

/** Takes files by a drop or by a choice; keys and screen readers use the choice. */
export function DropBox({ id, label, multiple = false, onFiles, children }: DropBoxProps): ReactElement {
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
      <label htmlFor={id} className="button">
        {label}
        <input
          id={id}
          type="file"
          multiple={multiple}
          onChange={(event) => {
            onFiles(chosenFiles(event.currentTarget.files));
            event.currentTarget.value = '';
          }}
        />
      </label>
      <span>{children}</span>
    </div>
  );
}
