import Taro from '@tarojs/taro';

/** A short word at the bottom of the screen. */
export function say(text: string): void {
  void Taro.showToast({ title: text, icon: 'none', duration: 2500 });
}

export async function copy(text: string): Promise<void> {
  await Taro.setClipboardData({ data: text });
}

/** Offers to call; saying no is not an error. */
export async function call(phone: string): Promise<void> {
  try {
    await Taro.makePhoneCall({ phoneNumber: phone });
  } catch {
    // The person chose not to call.
  }
}

/** Shakes the phone once, for what must not be missed; a phone that cannot stays still. */
export function shake(): void {
  Promise.resolve(Taro.vibrateLong()).catch(() => {});
}
