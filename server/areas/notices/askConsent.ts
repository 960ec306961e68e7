import { HallError } from '../../kernel/http/hallError.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import { clearConsent, recordConsent } from './consents.ts';
import { type ConsentTemplates, noticesErrors } from './contract.ts';
import type { SubscriptionChannel } from './room.ts';
import { templates } from './templates.ts';

/** WeChat asks for at most five at once, and not for one-time and long-term ones together; three are enough for a page. */
const most = 3;

/** The mini-program's template ids of these kinds. Errors: `notices.consent_off`. */
export async function consentTemplates(
  channel: SubscriptionChannel | null,
  kinds: readonly string[],
): Promise<ConsentTemplates> {
  if (!channel) throw new HallError(noticesErrors.consentOff);
  const wanted = kinds.flatMap((kind) => templates.get(kind) ?? []).slice(0, most);
  try {
    const placed = await Promise.all(
      wanted.map(async (each) => ({
        kind: each.id,
        templateId: (await channel.templates.place(each)).templateId,
      })),
    );
    const ids = new Set<string>();
    return { templates: placed.filter(({ templateId }) => !ids.has(templateId) && ids.add(templateId)) };
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    throw new HallError(noticesErrors.consentOff, { cause: error });
  }
}

/** What the person answered when WeChat asked: each accept allows one message, or all to come. */
export async function recordAnswers(
  channel: SubscriptionChannel | null,
  personId: string,
  answers: readonly { readonly templateId: string; readonly answer: string }[],
): Promise<void> {
  if (!channel) throw new HallError(noticesErrors.consentOff);
  const known = new Map((await channel.messages.templates()).map((each) => [each.id, each]));
  for (const { templateId, answer } of answers) {
    const template = known.get(templateId);
    if (!template) continue;
    if (answer === 'accept' || answer === 'acceptWithForcePush') {
      await recordConsent(personId, templateId, template.longTerm);
    } else if (answer === 'reject' || answer === 'ban') await clearConsent(personId, templateId);
  }
}
