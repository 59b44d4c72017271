/* The page shows one of its own first views before anything else runs: the console takes its place in the frame after that one. */

const mount = (): void => void import('./mount');
if (document.visibilityState === 'hidden') mount();
else requestAnimationFrame(() => setTimeout(mount));
