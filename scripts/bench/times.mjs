/** Milliseconds of each of `count` runs, one after the other, sorted. */
export async function times(count, task) {
  const measured = [];
  for (let index = 0; index < count; index += 1) {
    const begun = performance.now();
    await task(index);
    measured.push(performance.now() - begun);
  }
  return measured.sort((a, b) => a - b);
}
