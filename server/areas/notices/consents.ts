import mongoose, { Schema } from 'mongoose';

/**
 * What a person allowed the mini-program to send: one-time consents count down (one accept = one send), a long-term
 * consent lasts until it is withdrawn. WeChat counts by template. Source: WeChat, 订阅消息.
 */
interface Consent {
  /** personId:templateId */
  readonly _id: string;
  readonly personId: string;
  readonly templateId: string;
  readonly credits: number;
  readonly longTerm: boolean;
  readonly updatedAt: Date;
}

const consentSchema = new Schema<Consent>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    templateId: { type: String, required: true },
    credits: { type: Number, default: 0 },
    longTerm: { type: Boolean, default: false },
    updatedAt: { type: Date, required: true },
  } as never,
  { collection: 'noticeConsents', versionKey: false },
);
consentSchema.index({ personId: 1 });
const ConsentModel = mongoose.model('NoticeConsent', consentSchema);

const idOf = (personId: string, templateId: string): string => `${personId}:${templateId}`;

/** The person tapped 允许. */
export async function recordConsent(personId: string, templateId: string, longTerm: boolean): Promise<void> {
  await ConsentModel.updateOne(
    { _id: idOf(personId, templateId) },
    {
      $set: { personId, templateId, updatedAt: new Date(), ...(longTerm && { longTerm: true }) },
      ...(!longTerm && { $inc: { credits: 1 } }),
    },
    { upsert: true },
  );
}

/** Takes one consent before the send; false: there is none. */
export async function takeConsent(personId: string, templateId: string): Promise<boolean> {
  const _id = idOf(personId, templateId);
  if (await ConsentModel.exists({ _id, longTerm: true })) return true;
  const taken = await ConsentModel.updateOne({ _id, credits: { $gt: 0 } }, { $inc: { credits: -1 } });
  return taken.modifiedCount === 1;
}

/** The send certainly did not happen: the consent is still there. */
export async function returnConsent(personId: string, templateId: string): Promise<void> {
  await ConsentModel.updateOne(
    { _id: idOf(personId, templateId), longTerm: false },
    { $inc: { credits: 1 } },
  );
}

/** WeChat says there is none (43101), or the person withdrew it. */
export async function clearConsent(personId: string, templateId: string): Promise<void> {
  await ConsentModel.updateOne(
    { _id: idOf(personId, templateId) },
    { $set: { credits: 0, longTerm: false, updatedAt: new Date() } },
  );
}
