import type { MatterCard } from './contract.ts';
import type { Matter } from './model.ts';

export function presentCard(matter: Matter): MatterCard {
  const { promisedTime } = matter;
  return {
    id: matter.id,
    name: matter.name,
    department: matter.department,
    audiences: [...matter.audiences],
    topic: matter.topic,
    timeLabel: /\d/.test(promisedTime) ? `承诺 ${promisedTime}` : promisedTime,
    feeLabel: matter.feeLabel,
    bookable: matter.bookable,
  };
}
