/** A new folder for the test file that asks; its environment (own-folder-environment.cjs) removes it when the file is through. */
export declare function temporaryFolder(name: string): string;
//# sourceMappingURL=temporary-folder.d.ts.map