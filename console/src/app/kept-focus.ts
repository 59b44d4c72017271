const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]';

/** Where something stood that is gone: between what is before it and what is after it. */
interface Gap {
  readonly parent: Element;
  readonly before: Node | null;
  readonly after: Node | null;
}

/**
 * Keeps the focus where somebody works. What has it may go by what was pressed: a row that is removed, a work that is called off, a form
 * that is signed. Then the focus would be nowhere, and Tab begin at the head of the page: here it goes to what comes next in its place.
 * A part of the page that has something to tell takes it by itself, by `useFocusOn`.
 */
export function keepFocus(page: Document): void {
  let last: Element | undefined;
  page.addEventListener('focusin', ({ target }) => {
    last = target instanceof Element ? target : undefined;
  });
  // Whoever presses beside everything wants the focus nowhere.
  page.addEventListener('pointerdown', () => {
    last = undefined;
  });
  new MutationObserver((changes) => {
    if (last === undefined || !isNowhere(page)) return;
    if (last.isConnected) (last as HTMLElement).focus();
    else nextTo(page, gapOf(changes, last))?.focus();
  }).observe(page.documentElement, { childList: true, subtree: true, attributeFilter: ['disabled'] });
}

function isNowhere({ activeElement, body }: Document): boolean {
  return activeElement === null || activeElement === body;
}

/** Of what still stands, the innermost in which it was, and between what. */
function gapOf(changes: readonly MutationRecord[], gone: Element): Gap | undefined {
  let gap: Gap | undefined;
  let lost: Node = gone;
  for (const { target, removedNodes, previousSibling, nextSibling } of changes)
    if (target instanceof Element && [...removedNodes].some((node) => node.contains(lost))) {
      gap = { parent: target, before: previousSibling, after: nextSibling };
      lost = target;
    }
  return gap?.parent.isConnected === true ? gap : undefined;
}

/** The next control after the gap, in the least part of the page that has one; the last before it where none follows. */
function nextTo(page: Document, gap: Gap | undefined): HTMLElement | null {
  const main = page.getElementById('main');
  for (
    let part = gap?.parent ?? null;
    gap !== undefined && part !== null && part !== page.body;
    part = part.parentElement
  ) {
    const controls = [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isShown);
    const next = controls.find((one) => follows(one, gap)) ?? controls.at(-1);
    if (next !== undefined) return next;
    if (part === main) break;
  }
  return main;
}

const isShown = (control: HTMLElement): boolean => control.getClientRects().length > 0;

function follows(one: Node, { parent, before, after }: Gap): boolean {
  const isIn = (place: Node, relation: number): boolean => (place.compareDocumentPosition(one) & relation) !== 0;
  if (before?.isConnected === true) return isIn(before, Node.DOCUMENT_POSITION_FOLLOWING) && !before.contains(one);
  if (after?.isConnected === true)
    return after === one || isIn(after, Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY);
  return parent.contains(one) || isIn(parent, Node.DOCUMENT_POSITION_FOLLOWING);
}
