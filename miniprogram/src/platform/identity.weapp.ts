import { open, withQuery } from './navigation.ts';

/** Where the identity platform sends the person after real-name sign-in: a page that says how to come back. */
export function identityReturn(): string {
  return '/h5/#/packages/people/identityDone/index';
}

/** The identity platform is a web page; the mini-program shows it inside itself. */
export async function openIdentity(url: string): Promise<void> {
  await open(withQuery('packages/people/identity/index', { url }));
}
