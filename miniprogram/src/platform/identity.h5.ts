/** Back to the page that asked. */
export function identityReturn(): string {
  return `${location.pathname}${location.hash}`;
}

export async function openIdentity(url: string): Promise<void> {
  location.assign(url);
}
