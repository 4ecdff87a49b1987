// Asking the server. Every question ends, and what breaks on the way is told from our own mistakes.

const LONGEST_WAIT = 20000;

// No connection, nothing in time, or an answer from something between here and the server.
export class NoAnswer extends Error {
  constructor(isLate) {
    super("no answer of the server");
    this.isLate = isLate;
  }
}

// The answer's status and type with its content: a picture as Blob, all else as text; and the name
// that is offered in place of the one that was sent.
// Throws NoAnswer; also when `signal` was aborted, which whoever aborted it knows.
export async function reach(address, options = {}, signal = null) {
  const limit = new AbortController();
  let isLate = false;
  const end = () => limit.abort();
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, LONGEST_WAIT);
  signal?.addEventListener("abort", end);
  try {
    const answer = await fetch(address, { ...options, signal: limit.signal });
    const type = answer.headers.get("Content-Type") ?? "";
    const content = await (type.startsWith("image/") ? answer.blob() : answer.text());
    const offered = decodeURIComponent(answer.headers.get("Name-Offered") ?? "");
    return { ok: answer.ok, type, content, offered };
  } catch (failure) {
    throw new NoAnswer(isLate);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

// What the server says in its envelope. Throws NoAnswer when it is none.
export function envelopeOf(reply) {
  try {
    return JSON.parse(reply.content);
  } catch (failure) {
    throw new NoAnswer(false);
  }
}
