import {
  differences,
  type Reconciliation,
  reconciliations,
  type StoredDifference,
} from './reconcileModel.ts';

const daysShown = 60;
const differencesShown = 500;

/** The last days whose books were compared, newest first. */
export const listDays = (): Promise<Reconciliation[]> =>
  reconciliations().find().sort({ _id: -1 }).limit(daysShown).toArray();

/** What differed on a day when it was last compared, dealt with or not. */
export const listDifferences = (day: string): Promise<StoredDifference[]> =>
  differences().find({ day, gone: false }).sort({ _id: 1 }).limit(differencesShown).toArray();
