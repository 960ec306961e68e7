/** WeChat's kinds of template field, in words. */
export const fieldKindLabels: Readonly<Record<string, string>> = {
  thing: '文字',
  number: '数字',
  letter: '字母',
  symbol: '符号',
  character_string: '数字、字母或符号',
  time: '时间',
  date: '日期',
  amount: '金额',
  phone_number: '电话号码',
  car_number: '车牌号',
  name: '姓名',
  phrase: '汉字短语',
};
