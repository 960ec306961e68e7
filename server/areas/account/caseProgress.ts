import { findMyCaseByNumber, listMyCases } from '../applications/findCase.ts';
import { caseLookup, type Lookup, type ToldCase } from './lookup.ts';

type Told = Awaited<ReturnType<typeof listMyCases>>['cases'][number];

const tell = ({ _id, matter, caseNumber, word, tip }: Told): ToldCase => ({
  ...{ matter: matter.name, number: caseNumber, word, tip },
  page: `packages/apply/case/index?id=${_id}`,
});

/** 「进度」 and case numbers in the chat: the last three cases, or the one that was asked for. */
export const caseProgressLookup = (): Lookup =>
  caseLookup({
    latest: async (personId) => (await listMyCases(personId)).cases.slice(0, 3).map(tell),
    byNumber: async (personId, number) => {
      const found = await findMyCaseByNumber(personId, number);
      return found && tell(found);
    },
  });
