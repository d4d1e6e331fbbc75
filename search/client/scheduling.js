// Generator → its result, run in time slices on the main thread, so that typing is never blocked.

/** ms that work may run before it yields to the main thread. */
const SLICE = 6;

/**
 * Yields to the main thread: what is pending there (key presses, painting) runs first. A message is
 * quicker than a timer, which may take 4 ms.
 * @returns {Promise<void>}
 */
export function yieldToMain() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/**
 * Runs a generator to its end and returns its result. Where the generator yields and the time slice
 * is used up, it also yields to the main thread.
 * @template T
 * @param {Generator<void, T>} work
 * @returns {Promise<T>}
 */
export async function runTimeSliced(work) {
  let start = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
    if (performance.now() - start > SLICE) {
      await yieldToMain();
      start = performance.now();
    }
  }
}
