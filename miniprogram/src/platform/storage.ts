import Taro from '@tarojs/taro';

/** What this device remembers between visits. Never personal data: a session token and choices of display. */
export type Remembered = 'session' | 'signedOut' | 'senior';

/** Undefined when nothing is kept or the device refuses storage (private browsing). */
export function recall(key: Remembered): string | undefined {
  try {
    const value: unknown = Taro.getStorageSync(`hall.${key}`);
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: Remembered, value: string): void {
  try {
    Taro.setStorageSync(`hall.${key}`, value);
  } catch {
    // The visit goes on; only the memory of it is lost.
  }
}

export function forget(key: Remembered): void {
  try {
    Taro.removeStorageSync(`hall.${key}`);
  } catch {
    // Nothing was kept.
  }
}
