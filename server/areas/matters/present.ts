import type { MatterCard, MatterView } from './contract.ts';
import type { Matter } from './model.ts';

export function presentCard(matter: Matter): MatterCard {
  const { promisedTime } = matter;
  return {
    id: matter.id,
    name: matter.name,
    department: matter.department,
    audiences: [...matter.audiences],
    topic: matter.topic,
    timeLabel:
      promisedTime === '当场办结' || promisedTime === '按年度批次' ? promisedTime : `承诺 ${promisedTime}`,
    feeLabel: matter.feeLabel,
    bookable: matter.bookable,
  };
}

export function presentMatter(matter: Matter): MatterView {
  return {
    ...presentCard(matter),
    code: matter.code,
    typeLabel: matter.typeLabel,
    legalTime: matter.legalTime,
    promisedTime: matter.promisedTime,
    conditions: [...matter.conditions],
    materials: [...matter.materials],
    steps: [...matter.steps],
    laws: [...matter.laws],
    questions: [...matter.questions],
    phone: matter.phone,
    halls: matter.halls.map(({ hallId, hallName, zone, bookable }) => ({
      id: hallId,
      name: hallName,
      zone,
      bookable,
    })),
    minutes: matter.minutes,
    updatedAt: matter.updatedAt.toISOString(),
  };
}
