export default definePageConfig({
  navigationBarTitleText: '我的候补',
  enablePullDownRefresh: process.env['TARO_ENV'] === 'weapp',
});
