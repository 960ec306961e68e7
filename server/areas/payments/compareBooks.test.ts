import test from 'ava';
import fc from 'fast-check';
import { type BankLine, type BookLine, compareBooks, type DayBooks, type OwnerLine } from './compareBooks.ts';

const book = (id: number, amount = 100, kind: BookLine['kind'] = 'payment'): BookLine => ({
  ...{ paymentId: `P${id}`, kind, billKind: 'fine', billNumber: `B${id}`, transactionId: `T${id}`, amount },
});
const bankOf = ({ paymentId, kind, transactionId, amount }: BookLine): BankLine => ({
  ...{ paymentId, kind, transactionId, amount },
});
const ownerOf = ({ billKind, billNumber, transactionId, amount }: BookLine): OwnerLine => ({
  ...{ billKind, billNumber, transactionId, amount },
});
const day = (books: BookLine[], change: Partial<DayBooks> = {}): DayBooks => ({
  bank: books.map(bankOf),
  books,
  booksBeside: [],
  owners: new Map([['fine', books.filter(({ kind }) => kind === 'payment').map(ownerOf)]]),
  ownersNext: new Set(),
  ...change,
});
const kinds = (books: DayBooks): string[] => compareBooks(books).map(({ kind }) => kind);

test('R5.2.2: three books that agree have no difference', (t) => {
  t.deepEqual(kinds(day([book(1), book(2, 250), book(3, 100)])), []);
  t.deepEqual(kinds(day([])), []);
});

test('each kind of difference is told as what it is (section 9 no. 25)', (t) => {
  const [one, two] = [book(1), book(2)];
  t.deepEqual(kinds(day([one, two], { bank: [bankOf(one)] })), ['missingAtBank']);
  t.deepEqual(kinds(day([one], { bank: [one, two].map(bankOf) })), ['unknownHere']);
  t.deepEqual(kinds(day([one], { bank: [one, one].map(bankOf) })), ['unknownHere'], 'twice at the bank');
  t.deepEqual(kinds(day([one], { bank: [{ ...bankOf(one), amount: 99 }] })), ['bankAmount']);
  t.deepEqual(kinds(day([one, two], { owners: new Map([['fine', [ownerOf(one)]]]) })), ['missingAtOwner']);
  t.deepEqual(kinds(day([one], { owners: new Map([['fine', [one, two].map(ownerOf)]]) })), ['unknownToUs']);
  t.deepEqual(kinds(day([one], { owners: new Map([['fine', [{ ...ownerOf(one), amount: 1 }]]]) })), [
    'ownerAmount',
  ]);
});

test('what another day explains is no difference: midnight here, the owner’s day cut there', (t) => {
  const [one, two] = [book(1), book(2)];
  t.deepEqual(kinds(day([one], { bank: [one, two].map(bankOf), booksBeside: [two] })), []);
  t.deepEqual(kinds(day([one], { owners: new Map([['fine', []]]), ownersNext: new Set(['T1']) })), []);
  t.deepEqual(kinds(day([one], { owners: new Map() })), [], 'no file yet: nothing is said');
});

test('a payment that went back to the citizen is missed by nobody', (t) => {
  const [one, back] = [book(1), book(1, 100, 'refund')];
  t.deepEqual(kinds(day([one, back], { owners: new Map([['fine', []]]) })), []);
});

test('taking away, doubling or changing any line is found, in any order', (t) => {
  const lines = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(lines, fc.nat(), fc.constantFrom('lost', 'twice', 'changed'), (ids, at, what) => {
      const books = ids.map((id) => book(id, id));
      const bank = books.map(bankOf).reverse();
      const hit = at % bank.length;
      if (what === 'lost') bank.splice(hit, 1);
      if (what === 'twice') bank.push(bank[hit]!);
      if (what === 'changed') bank[hit] = { ...bank[hit]!, amount: bank[hit]!.amount + 1 };
      const found = compareBooks(day(books, { bank }));
      const expected = { lost: 'missingAtBank', twice: 'unknownHere', changed: 'bankAmount' }[what];
      return found.length === 1 && found[0]!.kind === expected;
    }),
  );
  t.pass();
});
