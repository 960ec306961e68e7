import Taro from '@tarojs/taro';
import type { Paid, PaySheet } from './paySheet.ts';

/** Opens WeChat's cashier. What it says is a hint: the result is the server's. */
export async function openCashier(sheet: PaySheet): Promise<Paid> {
  try {
    await Taro.requestPayment({
      timeStamp: sheet.timeStamp,
      nonceStr: sheet.nonceStr,
      package: sheet.package,
      signType: sheet.signType,
      paySign: sheet.paySign,
    });
    return 'done';
  } catch (thrown) {
    const said = String((thrown as { errMsg?: unknown }).errMsg ?? '');
    return said.includes('cancel') ? 'left' : 'failed';
  }
}
