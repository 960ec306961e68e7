import { demoPassword, demoStaff } from './demo/demoStaff.ts';
import { StaffModel } from './model.ts';
import { hashPassword } from './password.ts';

/**
 * Loads the demo accounts, or refreshes them; a password that was changed stays changed. Call only when DEMO=1.
 * `personIdOf` finds the person of a demo citizen ('wang', 'chen'), to whose phone previews go; null = not there.
 */
export async function seedStaff(personIdOf: (citizen: string) => Promise<string | null>): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  for (const { id, phoneOf, ...account } of demoStaff) {
    const personId = phoneOf === null ? null : await personIdOf(phoneOf);
    const set = { ...account, roles: [...account.roles], hallIds: [...account.hallIds], personId };
    await StaffModel.updateOne(
      { _id: id },
      { $set: { ...set, disabled: false }, $setOnInsert: { passwordHash } },
      { upsert: true },
    );
  }
}
