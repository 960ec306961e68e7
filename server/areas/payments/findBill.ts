import { HallError } from '../../kernel/http/hallError.ts';
import { type BillKind, paymentErrors } from './contract.ts';
import type { Bill } from './port.ts';
import type { PaymentsRoom } from './room.ts';

/** The bill as its owner has it now. Errors: 404 payments.bill_not_found, 503 payments.owner_away. */
export async function readBill(room: PaymentsRoom, kind: BillKind, number: string): Promise<Bill> {
  const owner = room.owners.get(kind);
  if (!owner) throw new HallError(paymentErrors.ownerAway);
  const bill = await owner.find(number).catch((cause: unknown) => {
    throw new HallError(paymentErrors.ownerAway, { cause });
  });
  if (!bill) throw new HallError(paymentErrors.billNotFound);
  return bill;
}
