const key = 'hall.kiosk';

/**
 * The machine's token: handed over once in the address behind `#`, which no server sees, then kept by this browser and
 * taken out of the address.
 */
export function readToken(): string | null {
  const handed = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (handed) {
    keepToken(handed);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    return handed;
  }
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keepToken(token: string): void {
  try {
    localStorage.setItem(key, token);
  } catch {
    // Without storage the machine must be set up again after a restart.
  }
}
