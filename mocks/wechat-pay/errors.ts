/** A refusal in WeChat Pay's own shape: HTTP status, `code`, Chinese `message`, and detail where the real one gives it. */
export class PayRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: unknown,
  ) {
    super(message);
  }
}

export const paramError = (message: string): PayRefusal => new PayRefusal(400, 'PARAM_ERROR', message);
export const invalidRequest = (message: string): PayRefusal =>
  new PayRefusal(400, 'INVALID_REQUEST', message);
export const notThere = (): PayRefusal => new PayRefusal(404, 'ORDER_NOT_EXIST', '订单不存在');

/** The numeric code that ends a Request-ID, as the platform's support asks for it. */
const supportCodes: Readonly<Record<string, number>> = {
  ORDER_NOT_EXIST: 268512771,
  FREQUENCY_LIMITED: 268447840,
  PARAM_ERROR: 268435461,
  ORDER_PAID: 268498689,
  INVALID_REQUEST: 268498688,
  APPID_MCHID_NOT_MATCH: 268445527,
  SIGN_ERROR: 268443699,
};
export const supportCode = (code: string): number => supportCodes[code] ?? 268435456;
