/**
 * How far a proof opens the way of a figure: down to the sources; down to the months; the figure alone; or the figure, and
 * beside it all that laboratories reported of what its record cites, however far.
 */
export type Extent = 'full' | 'month' | 'totals' | 'lab';
export const extents: readonly Extent[] = ['full', 'month', 'totals', 'lab'];
