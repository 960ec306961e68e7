import { IdentityError } from '../../government/identity/errors.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { log } from '../../kernel/log.ts';
import { peopleErrors } from './contract.ts';

/** What a citizen is told when the identity platform refuses or is silent. */
export function explainIdentity(thrown: unknown): unknown {
  if (!(thrown instanceof IdentityError)) return thrown;
  const options = { cause: thrown };
  if (thrown.kind === 'codeUsed') return new HallError(peopleErrors.identityCodeUsed, options);
  if (thrown.kind === 'frozen') return new HallError(peopleErrors.identityFrozen, options);
  if (thrown.kind === 'refused')
    log.error({ code: thrown.code }, 'the identity platform refuses us: check the client and the redirect');
  return new HallError(peopleErrors.identityDown, options);
}
