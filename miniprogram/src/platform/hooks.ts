import Taro, { useDidHide, useDidShow, usePullDownRefresh, useReachBottom, useRouter } from '@tarojs/taro';

/** Runs whenever the page comes to the front, the first time included. */
export const useShown: (run: () => void) => void = useDidShow;

/** Runs when another page or another app comes to the front. */
export const useHidden: (run: () => void) => void = useDidHide;

/** Runs when the page is pulled down (weapp); the run ends it with `endPullDown`. */
export const usePullDown: (run: () => void) => void = usePullDownRefresh;

/** Runs when the end of the page comes into view. */
export const useBottom: (run: () => void) => void = useReachBottom;

/** Values of the page's query, decoded; a missing one is an empty string. */
export function useQuery<K extends string>(...names: readonly K[]): Record<K, string> {
  const params = useRouter().params as Record<string, string | undefined>;
  const entries = names.map((name) => [name, decode(params[name])] as const);
  return Object.fromEntries(entries) as Record<K, string>;
}

export function endPullDown(): void {
  Taro.stopPullDownRefresh();
}

/** WeChat hands the query over as it was written, h5 decodes it; decoding twice does no harm to our ids. */
function decode(value: string | undefined): string {
  if (value === undefined) return '';
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
