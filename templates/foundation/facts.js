// Facts for the city's statistics: a request to an empty file, which the web server notes down.

/** What may be personal in a free text, and what stands for it. */
const PERSONAL = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, "●"],
  [/https?:\/\/\S+/gu, "●"],
  // Telephone, postal and My Number, PIN, account, the number of a house: also with bars between.
  [/\d(?:[-‐-―ー−.\s()]*\d){2,}/gu, "●"],
  [/[\p{Script=Han}ァ-ヶー々]{1,8}(?=さん|さま|様|氏|くん|ちゃん)/gu, "●"],
  [/(?<=名前は|氏名は|私は)[\p{Script=Han}ァ-ヶー々]{2,8}/gu, "●"],
];
const LONGEST_TEXT = 200;

/** The text without what may be personal, at most 200 characters. */
export function maskText(text) {
  const plain = text.normalize("NFKC").replace(/\s+/gu, " ").trim();
  return [...PERSONAL.reduce((rest, [pattern, mark]) => rest.replace(pattern, mark), plain)].slice(0, LONGEST_TEXT).join("");
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
