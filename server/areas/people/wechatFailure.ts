import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import { peopleErrors } from './contract.ts';

/** Codes that are unknown, used, expired or not ours; their owner only has to sign in again. */
const deadCodes = new Set([40029, 40163, 41008, 42003]);

/** What a citizen is told when WeChat refuses a sign-in. */
export function explainWechat(thrown: unknown): unknown {
  if (!(thrown instanceof WechatError)) return thrown;
  if (thrown.errcode !== null && deadCodes.has(thrown.errcode))
    return new HallError(peopleErrors.codeInvalid, { cause: thrown });
  if (thrown.errcode === 45011) return new HallError(hallErrors.tooMany, { cause: thrown });
  if (thrown.errcode === 40226) return new HallError(hallErrors.forbidden, { cause: thrown });
  return new HallError(peopleErrors.wechatDown, { cause: thrown });
}
