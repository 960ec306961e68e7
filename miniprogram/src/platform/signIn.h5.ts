const mark = 'hall.signInAt';
/** A second trip to WeChat within this time means the first did not take: stop, and let the person decide. */
const retryAfter = 15_000;

/**
 * Leaves for WeChat's web authorisation, which comes back to this very page with a cookie.
 * Answers false at once when that was just tried in vain; otherwise the page is gone and it never answers.
 */
export function signIn(options: { asked?: boolean } = {}): Promise<boolean> {
  const last = Number(readMark());
  if (!options.asked && Date.now() - last < retryAfter) return Promise.resolve(false);
  writeMark();
  const here = `${location.pathname}${location.hash}`;
  location.assign(`/api/sign-in/h5?to=${encodeURIComponent(here)}`);
  return new Promise(() => {});
}

function readMark(): string | null {
  try {
    return sessionStorage.getItem(mark);
  } catch {
    return null;
  }
}

function writeMark(): void {
  try {
    sessionStorage.setItem(mark, String(Date.now()));
  } catch {
    // Without storage the server's own redirect limit is the guard.
  }
}
