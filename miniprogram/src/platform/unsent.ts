import Taro from '@tarojs/taro';

/**
 * What was typed into a draft and has not reached the hall: kept on this phone so that a dead battery or a tunnel loses
 * nothing, and dropped as soon as the hall has it. Under the person's own draft id; signing out drops all of it.
 */
const prefix = 'hall.unsent.';

export function recallUnsent<T>(draftId: string): T | undefined {
  try {
    const text: unknown = Taro.getStorageSync(prefix + draftId);
    return typeof text === 'string' && text !== '' ? (JSON.parse(text) as T) : undefined;
  } catch {
    return undefined;
  }
}

export function keepUnsent(draftId: string, change: unknown): void {
  try {
    Taro.setStorageSync(prefix + draftId, JSON.stringify(change));
  } catch {
    // The page still holds it; only a restart would lose it.
  }
}

export function dropUnsent(draftId: string): void {
  try {
    Taro.removeStorageSync(prefix + draftId);
  } catch {
    // Nothing was kept.
  }
}

export function dropAllUnsent(): void {
  try {
    for (const key of Taro.getStorageInfoSync().keys) if (key.startsWith(prefix)) Taro.removeStorageSync(key);
  } catch {
    // Nothing to read.
  }
}
