/** A web page has no scanner of its own; WeChat's scanner shows the text of the code, which can be pasted. */
export const canScan = false;

export async function scan(): Promise<string | null> {
  return null;
}
