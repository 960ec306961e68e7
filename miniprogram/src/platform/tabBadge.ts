import Taro from '@tarojs/taro';

const messagesTab = 2;

/** The number beside the messages tab; none at zero. Only a tab page may set it, so elsewhere it does nothing. */
export async function showUnread(count: number): Promise<void> {
  try {
    if (count > 0)
      await Taro.setTabBarBadge({ index: messagesTab, text: count > 99 ? '99+' : String(count) });
    else await Taro.removeTabBarBadge({ index: messagesTab });
  } catch {
    // Not on a tab page at this moment: the next visit to one sets it.
  }
}
