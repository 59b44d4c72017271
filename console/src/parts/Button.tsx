import type { ButtonHTMLAttributes, ReactElement } from 'react';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'> {
  /** The one that a page is about stands out. */
  readonly type?: 'primary' | 'default';
  readonly htmlType?: 'button' | 'submit';
  /** It is at work, and is not pressed again before it is done; the focus stays on it. */
  readonly loading?: boolean;
}

/**
 * The button of pages that everybody opens. It looks as Ant Design's does and takes what that one takes, so that these pages stand
 * without a library of components, which is a third of what a first view would weigh.
 */
export function Button({
  type = 'default',
  htmlType = 'button',
  loading = false,
  onClick,
  ...rest
}: ButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={loading ? 'button' : htmlType}
      className={type === 'primary' ? 'button primary' : 'button'}
      aria-busy={loading}
      aria-disabled={loading}
      onClick={loading ? undefined : onClick}
    />
  );
}
