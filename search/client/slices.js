// Long work in short pieces, so that typing is never held up.

const LONGEST = 6;

/** Lets the browser do what waits: keys, painting. Quicker than a timer, which may wait 4 ms. */
export function nextTask() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** Runs a generator to its end and gives what it returns; pauses whenever it ran some ms. */
export async function runInSlices(work) {
  let start = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) {
      return value;
    }
    if (performance.now() - start > LONGEST) {
      await nextTask();
      start = performance.now();
    }
  }
}
