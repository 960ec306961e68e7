/** Made-up keys with which tests and the stand-in of WeChat know each other. */
export const accountKeys = {
  appid: 'wx0123456789oa0001',
  secret: 'secret-of-the-official-account-1',
  token: 'callback-token',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
} as const;
export const programKeys = {
  appid: 'wx0123456789mp0001',
  secret: 'secret-of-the-mini-program-00001',
} as const;
