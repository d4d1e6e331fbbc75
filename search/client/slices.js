// Long work in short pieces, so that typing is never held up.

const LONGEST = 6;

/** Runs a generator to its end and gives what it returns; pauses whenever it ran some ms. */
export async function runInSlices(work) {
  let start = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) {
      return value;
    }
    if (performance.now() - start > LONGEST) {
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      start = performance.now();
    }
  }
}
