// The one stopwatch, in Node and in the browser: a first pass warms, the second is timed.
export async function timeQueries(queries, search) {
  const rankings = {};
  let milliseconds = [];
  for (const pass of ["warm", "timed"]) {
    milliseconds = [];
    for (const [id, query] of queries) {
      const start = performance.now();
      rankings[id] = await search(query);
      milliseconds.push(performance.now() - start);
    }
  }
  return { rankings, milliseconds };
}
