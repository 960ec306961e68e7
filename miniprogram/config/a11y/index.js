const path = require('node:path');
const attrs = require('./attrs');

/** Taro plugin: adds the aria attributes to the generated WXML templates and to the runtime that fills them. */
module.exports = (ctx) =>
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (!platform.template) return; // h5: attributes reach the DOM as they are
      platform.template.mergeComponents(ctx, attrs);
      platform.runtimePath = [].concat(platform.runtimePath, path.resolve(__dirname, 'runtime.js'));
    },
  });
