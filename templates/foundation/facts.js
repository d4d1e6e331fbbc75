// What citizens send to the city. Facts for its statistics are requests to an empty file, which
// the web server logs; they hold no free text. A text is posted to the receiver the city names.

const LONGEST_TEXT = 200;

/** @typedef {{mark: string, rules: RegExp[]}} Rules */
/** @typedef {"sent" | "withheld" | "failed"} Outcome */

/**
 * The text without what may be personal, at most 200 characters; the rules are in personal.json.
 * @param {string} text
 */
export async function maskText(text) {
  const { mark, rules } = await loadRules();
  const plain = text.normalize("NFKC").replace(/\s+/gu, " ").trim();
  return [...rules.reduce((rest, pattern) => rest.replace(pattern, `$1${mark}`), plain)]
    .slice(0, LONGEST_TEXT)
    .join("");
}

/** @type {Promise<Rules> | undefined} */
let loading;

/** The rules, loaded when a text is first masked: most readers never write one. */
function loadRules() {
  loading ??= fetchRules().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Rules>} */
async function fetchRules() {
  const answer = await fetch(new URL("personal.json", import.meta.url));
  const { mark, words, rules } = await answer.json();
  /** @type {(pattern: string) => string} */
  const fill = (pattern) =>
    pattern.replace(/\{([a-z]+)\}/gu, (_, name) => `(?:${fill([words[name]].flat().join("|"))})`);
  return {
    mark,
    rules: /** @type {{before?: string, hide: string, after?: string}[]} */ (rules).map(
      ({ before = "", hide, after = "" }) =>
        new RegExp(`(${fill(before)})(?:${fill(hide)})(?=${fill(after)})`, "gu"),
    ),
  };
}

/** Whether the browser asks that no data about its user be sent (Global Privacy Control). */
export function isWithheld() {
  return "globalPrivacyControl" in navigator && Boolean(navigator.globalPrivacyControl);
}

/**
 * Sends facts by requesting the empty file at an address; never rejects.
 * @param {string} address
 * @param {Record<string, string>} facts
 */
export async function sendFact(address, facts) {
  const query = new URLSearchParams(facts);
  return send(`${address}?${query}`, { cache: "no-store" });
}

/**
 * Posts what is written in a field, masked, with the facts beside it to the city's receiver, as a
 * form would; resolves as `sendFact` does, at once where nothing is written. The field is emptied
 * then, so that it is not sent again where what comes next fails. A receiver of another origin
 * need not know of CORS: of its answer only that there was one can be seen.
 * @param {string} receiver
 * @param {HTMLTextAreaElement | null} field
 * @param {Record<string, string>} facts
 * @returns {Promise<Outcome>}
 */
export async function sendText(receiver, field, facts) {
  if (!field?.value.trim()) {
    return "sent";
  }
  if (isWithheld()) {
    return "withheld"; // not even the rules are asked for
  }
  try {
    const body = new URLSearchParams({ ...facts, text: await maskText(field.value) });
    const outcome = await send(receiver, { method: "POST", mode: "no-cors", body });
    field.value = outcome === "sent" ? "" : field.value;
    return outcome;
  } catch {
    return "failed"; // without the rules nothing leaves
  }
}

/**
 * @param {string} address
 * @param {RequestInit} options
 * @returns {Promise<Outcome>}
 */
async function send(address, options) {
  if (isWithheld()) {
    return "withheld";
  }
  try {
    const answer = await fetch(address, { ...options, credentials: "omit", keepalive: true });
    return answer.ok || answer.type === "opaque" ? "sent" : "failed";
  } catch {
    return "failed";
  }
}
