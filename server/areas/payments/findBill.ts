import { HallError } from '../../kernel/http/hallError.ts';
import { type BillKind, paymentErrors } from './contract.ts';
import type { Bill } from './port.ts';
import type { PaymentsRoom } from './room.ts';

/**
 * The bill a citizen asks for in their own words. Errors: 400 payments.bad_number, payments.unit_needed, and those of
 * `readBill`.
 */
export async function lookUpBill(
  room: PaymentsRoom,
  kind: BillKind,
  text: string,
  unit: string | null,
): Promise<Bill> {
  const owner = room.owners.get(kind);
  if (!owner) throw new HallError(paymentErrors.ownerAway);
  const read = owner.read(text, unit);
  if (read === 'unreadable') throw new HallError(paymentErrors.badNumber);
  if (read === 'unitMissing') throw new HallError(paymentErrors.unitNeeded);
  return readBill(room, kind, read.number);
}

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
