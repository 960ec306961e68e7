import { CityOrderModel, type StoredOrder } from './orderModel.ts';

/** What has still to be told to the city, and since when the oldest waits (by its last due time). */
export async function waitingOrders(): Promise<{ readonly waiting: number; readonly oldestAt: Date | null }> {
  const open = { open: true };
  const [waiting, oldest] = await Promise.all([
    CityOrderModel.countDocuments(open),
    CityOrderModel.findOne(open).sort({ dueAt: 1 }).select('dueAt').lean<Pick<StoredOrder, 'dueAt'>>(),
  ]);
  return { waiting, oldestAt: oldest?.dueAt ?? null };
}
