import Taro from '@tarojs/taro';

type Listener = (online: boolean) => void;

/** Tells about each change of the connection, and once how it is now; answers how to stop. */
export function watchNetwork(listener: Listener): () => void {
  const changed = (state: { isConnected: boolean }): void => listener(state.isConnected);
  Taro.onNetworkStatusChange(changed);
  void Taro.getNetworkType().then((state) => listener(state.networkType !== 'none'));
  return () => Taro.offNetworkStatusChange(changed);
}
