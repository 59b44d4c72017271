/** A text that was given, as an error repeats it. What stands before the @ of an address may be a password: it is left out. */
export function quoted(text: string): string {
  return JSON.stringify(text.replaceAll(/\/\/[^\s"']*@/g, '//…@'));
}
