/** Figure address `USCC/UNIT/PERIOD/KIND#figure`; the name may be that of a public field as well. */
export function addressOf(key: string, name: string): string {
  return `${key}#${name}`;
}
