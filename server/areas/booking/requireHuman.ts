import { createHmac, randomInt } from 'node:crypto';
import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { bookingErrors, type HumanChallenge, type HumanProof } from './contract.ts';
import { bursts, type Challenge, challenges, passes } from './humanModel.ts';
import { leadingZeroBits, plainAnswer } from './humanRules.ts';
import { newest } from './newest.ts';
import type { BookingRoom } from './room.ts';

type GuardRoom = Pick<BookingRoom, 'clock' | 'rules' | 'secret' | 'burstFactor'>;

/**
 * Lets a request for a hold through while requests come as people make them. On a burst of one person or one address it
 * asks for a proof: work that a phone does in a second, or the answer to a simple question, which a screen reader can
 * say. A proof is good for some holds. All of it is in the database, so that it is one limit over all processes. The
 * times are the machine's, not the hall's: a demo's clock may be shifted.
 * Error: 403 booking.prove_human with `details.challenge`.
 */
export async function requireHuman(
  room: GuardRoom,
  who: { readonly personId: string; readonly address: string },
  proof: HumanProof | undefined,
): Promise<void> {
  const { antiBot } = room.rules;
  const now = room.clock.wall();
  if (proof && (await isProven(room, who.personId, proof, now))) {
    const expiresAt = new Date(now.getTime() + antiBot.passMinutes * 60_000);
    await passes().updateOne(
      { _id: who.personId },
      { $set: { left: antiBot.passHolds, expiresAt } },
      { upsert: true },
    );
  }
  const factor = room.burstFactor ?? 1;
  const address = createHmac('sha256', room.secret)
    .update(`address ${who.address}`)
    .digest('hex')
    .slice(0, 32);
  const [mine, fromThere] = await Promise.all([
    countOne(`person ${who.personId}`, now),
    countOne(`address ${address}`, now),
  ]);
  if (mine <= antiBot.personPerMinute * factor && fromThere <= antiBot.addressPerMinute * factor) return;
  const passed = await passes().updateOne(
    { _id: who.personId, expiresAt: { $gt: now }, left: { $gt: 0 } },
    { $inc: { left: -1 } },
  );
  if (passed.modifiedCount === 1) return;
  const challenge = await openChallenge(room, who.personId, now);
  throw new HallError(bookingErrors.proveHuman, {
    details: { challenge: present(challenge, room), wrong: proof !== undefined },
  });
}

/** How many in this minute, with this one. */
async function countOne(key: string, now: Date): Promise<number> {
  const minute = Math.floor(now.getTime() / 60_000);
  const expiresAt = new Date((minute + 2) * 60_000);
  for (let attempt = 0; ; attempt++) {
    try {
      const after = await bursts().findOneAndUpdate(
        { _id: `${key} ${minute}` },
        { $inc: { count: 1 }, $setOnInsert: { expiresAt } },
        { upsert: true, returnDocument: 'after' },
      );
      return after!.count;
    } catch (error) {
      if (!isDuplicateKey(error) || attempt > 3) throw error; // two made it at once: the other one is there now
    }
  }
}

/** The one that is open, or a new one. */
async function openChallenge({ rules }: GuardRoom, personId: string, now: Date): Promise<Challenge> {
  const { antiBot } = rules;
  const open = await challenges().findOne({ _id: personId, expiresAt: { $gt: now } }, newest());
  if (open) return open;
  const fresh = {
    challengeId: newId(),
    salt: newId(),
    bits: antiBot.difficultyBits,
    question: randomInt(antiBot.questions.length),
    tries: 0,
    expiresAt: new Date(now.getTime() + antiBot.challengeMinutes * 60_000),
  };
  await challenges()
    .replaceOne({ _id: personId, expiresAt: { $lte: now } }, fresh, { upsert: true })
    .catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error; // asked twice at once: theirs stands
    });
  return (await challenges().findOne({ _id: personId }, newest())) ?? { _id: personId, ...fresh };
}

const present = (challenge: Challenge, { rules }: GuardRoom): HumanChallenge => ({
  id: challenge.challengeId,
  salt: challenge.salt,
  bits: challenge.bits,
  question: rules.antiBot.questions[challenge.question % rules.antiBot.questions.length]!.ask,
});

/** Is this the proof asked for? It is good once; after some wrong answers there is another question. */
async function isProven(room: GuardRoom, personId: string, proof: HumanProof, now: Date): Promise<boolean> {
  const { antiBot } = room.rules;
  const which = { _id: personId, challengeId: proof.challenge };
  const open = await challenges().findOne({ ...which, expiresAt: { $gt: now } }, newest());
  if (!open) return false;
  const right =
    proof.nonce !== undefined
      ? leadingZeroBits(open.salt, proof.nonce) >= open.bits
      : antiBot.questions[open.question % antiBot.questions.length]!.answers.map(plainAnswer).includes(
          plainAnswer(proof.answer ?? ''),
        );
  if (right) return (await challenges().deleteOne(which)).deletedCount === 1;
  const { matchedCount } = await challenges().updateOne(
    { ...which, tries: { $lt: antiBot.tries - 1 } },
    { $inc: { tries: 1 } },
  );
  if (matchedCount === 0) await challenges().deleteOne(which);
  return false;
}
