/// <reference lib="dom" />
export function find(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

/** A field of the form. */
export function field(id: string): HTMLInputElement {
  return find(id) as HTMLInputElement;
}

/** Text is always set as text, never as markup: nothing of a record or a file's name can become part of the page. */
export function element(tag: string, text = '', className = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}

export function button(text: string, onClick: () => void): HTMLElement {
  const made = element('button', text);
  made.setAttribute('type', 'button');
  made.addEventListener('click', onClick);
  return made;
}

export function options(id: string, values: readonly (readonly [value: string, text: string])[]): void {
  find(id).replaceChildren(
    ...values.map(([value, text]) => {
      const option = element('option', text);
      option.setAttribute('value', value);
      return option;
    }),
  );
}

/** Lets the page draw: a receipt takes some milliseconds of a telephone. */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });
