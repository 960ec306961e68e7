import Taro from '@tarojs/taro';

export const canScan = true;

/** The text of a QR code seen by the camera; null when the person turns back. */
export async function scan(): Promise<string | null> {
  try {
    return (await Taro.scanCode({ onlyFromCamera: true, scanType: ['qrCode'] })).result;
  } catch {
    return null;
  }
}
