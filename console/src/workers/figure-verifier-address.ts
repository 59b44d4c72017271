/** Address of `figure-verifier.ts` as it was built: the build puts it here. */
export const address = '';
