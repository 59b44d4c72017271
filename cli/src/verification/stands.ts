/** How a record stands, as the service tells it. */
export interface Standing {
  readonly key: string;
  readonly status: string;
  readonly state: string;
  /** Why its word is in doubt though it stands. */
  readonly doubts?: readonly string[] | undefined;
}

/** Whether a record stands and nothing casts a doubt on it. */
export function stands({ status, doubts = [] }: Pick<Standing, 'status' | 'doubts'>): boolean {
  return status === 'current' && doubts.length === 0;
}
