/** The part of co-wechat-api 3.11.0 that the adapter uses; the package ships no types. */
declare module 'co-wechat-api' {
  interface RequestOptions {
    readonly method?: string;
    readonly data?: string | Buffer;
    readonly headers?: Readonly<Record<string, string>>;
  }
  class API {
    constructor(
      appid: string,
      secret: string,
      getToken: () => Promise<{ accessToken: string; expireTime: number }>,
      saveToken: (token: unknown) => Promise<void>,
      tokenFromCustom: boolean,
    );
    prefix: string;
    appid: string;
    /** Every call ends here; the adapter overrides it. */
    request(url: string, options?: RequestOptions): Promise<unknown>;
    ensureAccessToken(): Promise<{ accessToken: string }>;
    getAllPrivateTemplate(): Promise<unknown>;
    getMassMessageStatus(msgId: string): Promise<unknown>;
    previewText(openid: string, text: string): Promise<unknown>;
    sendText(openid: string, text: string): Promise<unknown>;
    getFollowers(after?: string): Promise<unknown>;
    getUsersFromTag(tagId: number, after?: string): Promise<unknown>;
    batchGetUsers(openids: readonly string[]): Promise<unknown>;
    getTags(): Promise<unknown>;
    createTags(name: string): Promise<unknown>;
    updateTag(id: number, name: string): Promise<unknown>;
    deleteTag(id: number): Promise<unknown>;
    batchTagging(openids: readonly string[], tagId: number): Promise<unknown>;
    batchUnTagging(openids: readonly string[], tagId: number): Promise<unknown>;
    createMenu(menu: unknown): Promise<unknown>;
    getMenu(): Promise<unknown>;
    removeMenu(): Promise<unknown>;
    addConditionalMenu(menu: unknown): Promise<unknown>;
    delConditionalMenu(menuId: string): Promise<unknown>;
    createTmpQRCode(scene: string, seconds: number): Promise<unknown>;
    createLimitQRCode(scene: string): Promise<unknown>;
  }
  export = API;
}
