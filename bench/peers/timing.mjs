// Times queries in Node and in the browser alike: a first pass to warm up, a second one timed.
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
