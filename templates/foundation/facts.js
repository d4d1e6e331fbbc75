// Facts for the city's statistics: a request to an empty file, which the web server notes down.

const LONGEST_TEXT = 200;

/** The text without what may be personal, at most 200 characters; the rules are in personal.json. */
export async function maskText(text) {
  const { mark, rules } = await loadRules();
  const plain = text.normalize("NFKC").replace(/\s+/gu, " ").trim();
  return [...rules.reduce((rest, pattern) => rest.replace(pattern, `$1${mark}`), plain)].slice(0, LONGEST_TEXT).join("");
}

let loading;

/** The rules, loaded when a text is first masked: most readers never write one. */
function loadRules() {
  loading ??= fetchRules().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchRules() {
  const answer = await fetch(new URL("personal.json", import.meta.url));
  const { mark, words, rules } = await answer.json();
  const fill = (pattern) => pattern.replace(/\{([a-z]+)\}/gu, (_, name) => `(?:${fill([words[name]].flat().join("|"))})`);
  return {
    mark,
    rules: rules.map(({ before = "", hide, after = "" }) => new RegExp(`(${fill(before)})(?:${fill(hide)})(?=${fill(after)})`, "gu")),
  };
}

/** Whether the citizen's browser asks that nothing be told of them (Global Privacy Control). */
export function isWithheld() {
  return Boolean(navigator.globalPrivacyControl);
}

/**
 * Tells facts by asking for the empty file at `address`; resolves to "sent", "withheld" or
 * "failed" and never throws.
 */
export async function sendFact(address, facts) {
  if (isWithheld()) {
    return "withheld";
  }
  const query = new URLSearchParams(facts);
  try {
    const answer = await fetch(`${address}?${query}`, { cache: "no-store", credentials: "omit", keepalive: true });
    return answer.ok ? "sent" : "failed";
  } catch {
    return "failed";
  }
}
