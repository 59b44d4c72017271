/** Stands in for the project's own contracts where a test brings its own: the peer does not know which it hosts. */
export const contracts: readonly [] = [];
