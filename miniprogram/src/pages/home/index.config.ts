export default definePageConfig({
  navigationBarTitleText: '增城政务服务',
  enablePullDownRefresh: process.env['TARO_ENV'] === 'weapp',
});
