import { connectDatabase, disconnectDatabase } from '../../../kernel/database.ts';
import { HallError } from '../../../kernel/http/hallError.ts';
import { confirmBooking } from '../confirmBooking.ts';
import { holdSlot } from '../holdSlot.ts';
import { testRoom } from './room.ts';

/**
 * One process of a race: connects, says `ready`, and at `go` lets so many people ask for the same slot at once.
 * Arguments: URI, database, first person, how many, windows.
 */
const [uri, database, first, count, windows] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];

await connectDatabase(uri, database);
process.send!('ready');
process.once('message', async () => {
  const room = testRoom(Number(windows));
  const wish = { matter: 'id', hall: 'small', date: '2026-11-26', start: '09:00' };
  const results = await Promise.all(
    Array.from({ length: Number(count) }, async (_, index) => {
      const personId = `P${Number(first) + index}`;
      try {
        const held = await holdSlot(room, personId, wish, 'weapp');
        return (await confirmBooking(room, personId, held._id)).number;
      } catch (error) {
        return error instanceof HallError ? error.id : String(error);
      }
    }),
  );
  process.send!(results, async () => {
    await disconnectDatabase();
    process.exit(0);
  });
});
