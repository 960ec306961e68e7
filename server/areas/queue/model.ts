import mongoose, { Schema } from 'mongoose';
import type { TicketKind, TicketState } from './contract.ts';

export interface TicketChange {
  readonly at: Date;
  readonly by: string;
  readonly event: string;
  readonly to: TicketState;
  readonly window: string | null;
  readonly why: string | null;
}

/** A place in a line, from a booking or from a kiosk. */
export interface Ticket {
  readonly _id: string;
  readonly hallId: string;
  readonly hallName: string;
  readonly zone: string;
  readonly zoneName: string | null;
  readonly group: string;
  readonly day: string;
  readonly prefix: string;
  /** Dense per hall, day and prefix. */
  readonly number: number;
  readonly label: string;
  readonly kind: TicketKind;
  readonly state: TicketState;
  readonly personId: string | null;
  readonly bookingId: string | null;
  readonly bookingNumber: string | null;
  readonly matter: string | null;
  /** The kiosk's own id of the request, so that one press is one ticket. */
  readonly requestId: string | null;
  /** From when it counts in the line (fairness.ts). */
  readonly since: Date;
  /** Order of issue within the hall's day. */
  readonly order: number;
  readonly overtaken: number;
  readonly calls: number;
  readonly misses: number;
  /** The window that calls, serves or has parked it. */
  readonly window: string | null;
  readonly toldSoon: boolean;
  readonly note: string | null;
  readonly issuedAt: Date;
  readonly calledAt: Date | null;
  readonly servedAt: Date | null;
  readonly endedAt: Date | null;
  readonly history: readonly TicketChange[];
}

const ticketSchema = new Schema<Ticket>(
  {
    _id: { type: String, required: true },
    hallId: { type: String, required: true },
    hallName: { type: String, required: true },
    zone: { type: String, required: true },
    zoneName: { type: String, default: null },
    group: { type: String, required: true },
    day: { type: String, required: true },
    prefix: { type: String, required: true },
    number: { type: Number, required: true },
    label: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    personId: { type: String, default: null },
    bookingId: { type: String, default: null },
    bookingNumber: { type: String, default: null },
    matter: { type: String, default: null },
    requestId: { type: String, default: null },
    since: { type: Date, required: true },
    order: { type: Number, required: true },
    overtaken: { type: Number, default: 0 },
    calls: { type: Number, default: 0 },
    misses: { type: Number, default: 0 },
    window: { type: String, default: null },
    toldSoon: { type: Boolean, default: false },
    note: { type: String, default: null },
    issuedAt: { type: Date, required: true },
    calledAt: { type: Date, default: null },
    servedAt: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    history: { type: [Object], default: [] },
  } as never,
  { collection: 'tickets', minimize: false, versionKey: false },
);
ticketSchema.index({ hallId: 1, day: 1, prefix: 1, number: 1 }, { unique: true });
ticketSchema.index(
  { bookingId: 1 },
  { unique: true, partialFilterExpression: { bookingId: { $type: 'string' } } },
);
ticketSchema.index(
  { requestId: 1 },
  { unique: true, partialFilterExpression: { requestId: { $type: 'string' } } },
);
ticketSchema.index({ hallId: 1, day: 1, group: 1, state: 1 });
ticketSchema.index({ personId: 1, issuedAt: -1 });

export const TicketModel = mongoose.model('Ticket', ticketSchema);
export const tickets = () => TicketModel.collection as unknown as mongoose.mongo.Collection<Ticket>;
