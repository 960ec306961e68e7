import { GovernmentError } from '../../../government/kit/governmentError.ts';
import type { Bill, BillOwner, Booked, OwnerRow, PaidBill } from '../port.ts';

/** A bills' owner in memory: books each payment once, and can be slow, away, or faster paid elsewhere. */
export class TestOwner implements BillOwner {
  readonly kind = 'fine';
  readonly bills = new Map<string, Bill>();
  readonly booked = new Map<string, PaidBill>();
  /** Says no in these words. */
  refuses = '';
  /** Fails this many times before it answers. */
  away = 0;
  /** Books, and loses the answer, this many times. */
  loseAnswers = 0;

  issue(number: string, amount: number): void {
    this.bills.set(number, {
      ...{ kind: 'fine', number, title: '交通违法罚款', payer: '王*明', amount, state: 'due', note: null },
      lines: [{ name: '罚款本金', amount }],
    });
  }

  payElsewhere(number: string): void {
    this.bills.set(number, { ...this.bills.get(number)!, state: 'paid' });
  }

  read(text: string): { number: string } {
    return { number: text };
  }

  async find(number: string): Promise<Bill | null> {
    this.#answer();
    return this.bills.get(number) ?? null;
  }

  async confirm(paid: PaidBill): Promise<Booked> {
    this.#answer();
    if (this.refuses) throw new GovernmentError('fines', 'refused', this.refuses, { code: '1005' });
    const bill = this.bills.get(paid.number)!;
    const known = this.booked.get(paid.paymentId);
    if (!known && bill.state !== 'due') return { taken: false, reason: '已在其他渠道缴款' };
    this.booked.set(paid.paymentId, paid);
    this.bills.set(paid.number, { ...bill, state: 'paid' });
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new Error('the answer is lost');
    }
    return { taken: true, receiptNumber: `R${paid.number}` };
  }

  async dayFile(_day: string): Promise<readonly OwnerRow[]> {
    return [...this.booked.values()].map((each) => ({
      billNumber: each.number,
      transactionId: each.transactionId,
      amount: each.amount,
    }));
  }

  #answer(): void {
    if (this.away > 0) {
      this.away -= 1;
      throw new Error('the owner is away');
    }
  }
}
