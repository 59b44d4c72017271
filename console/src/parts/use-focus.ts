import { useEffect, useRef, type RefObject } from 'react';

/**
 * Puts the focus on what is told each time something else is told: whoever works by keys, or hears the page, goes on there. The element
 * takes it by `tabIndex={-1}`.
 * @param told undefined or false while there is nothing to tell
 */
export function useFocusOn<Place extends HTMLElement>(told: unknown): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (told !== undefined && told !== false) place.current?.focus();
  }, [told]);
  return place;
}
