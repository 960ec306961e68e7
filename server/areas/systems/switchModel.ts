import mongoose, { Schema } from 'mongoose';
import { newId } from '../../kernel/ids.ts';

/** Each turn of a switch, for whoever asks later why a system was off. The state itself is `governmentSystems`. */
interface StoredSwitch {
  readonly _id: string;
  readonly system: string;
  readonly at: Date;
  readonly by: string;
  readonly off: boolean;
  readonly reason: string | null;
}

const switchSchema = new Schema<StoredSwitch>(
  {
    _id: { type: String, required: true },
    system: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    off: { type: Boolean, required: true },
    reason: { type: String, default: null },
  } as never,
  { collection: 'governmentSwitches', versionKey: false },
);
switchSchema.index({ system: 1, _id: -1 });
const SwitchModel = mongoose.model('GovernmentSwitch', switchSchema);

export const keepSwitch = async (turned: Omit<StoredSwitch, '_id'>): Promise<void> =>
  void (await SwitchModel.create({ ...turned, _id: newId(turned.at.getTime()) }));

export const lastSwitches = (system: string, limit = 10): Promise<StoredSwitch[]> =>
  SwitchModel.find({ system }).sort({ _id: -1 }).limit(limit).lean<StoredSwitch[]>();
