// What the unit tests of scripts assert with.

/**
 * Fails where two values differ; objects are compared by their JSON.
 * @param {unknown} found
 * @param {unknown} expected
 */
export function assertEqual(found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
  }
}
