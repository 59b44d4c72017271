/** Where text goes; a subset of a stream, so that tests can collect it. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Everything of the surroundings that a command may touch. Handed in, so that a command runs the same in a test. */
export interface Io {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  /** Aborted on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /**
   * Lets the memory of the process grow by so many percent of what is in use before it is cleared, from here on: less memory for more work.
   * Nothing where the process is not the command's own.
   */
  readonly keepHeapSmall: (percent: number) => void;
  /** Asks on the terminal; undefined where there is none. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Asks on the terminal without showing what is typed; undefined where there is no terminal. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
}
