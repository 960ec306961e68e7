import { actOnTicket } from '../../areas/queue/actOnTicket.ts';
import { callNext, closeWindow, openWindow } from '../../areas/queue/callNext.ts';
import { checkInMyself } from '../../areas/queue/checkIn.ts';
import type { TicketAction } from '../../areas/queue/contract.ts';
import { hallQrText } from '../../areas/queue/hallQr.ts';
import { takeWalkIn } from '../../areas/queue/kiosk.ts';
import { lineIdOf, lines } from '../../areas/queue/lineModel.ts';
import type { Ticket } from '../../areas/queue/model.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { Chance } from './random.ts';
import { type Scene, simulatedDay } from './scene.ts';
import { atOnce, type Visitor } from './visitors.ts';
import { Watcher } from './watcher.ts';

interface Desk {
  readonly number: string;
  readonly group: string;
  open: boolean;
  ticket: Ticket | null;
  /** What happens next with the ticket, and at which minute. */
  next: TicketAction | null;
  due: number;
  /** Parked here until a minute. */
  parked: { ticket: Ticket; due: number } | null;
  /** The clerk is away until this minute. */
  backAt: number;
}

export interface Tally {
  tickets: number;
  served: number;
  expired: number;
  turnedAway: number;
  refused: number;
  repeated: number;
  waitMs: number;
  called: number;
  longestMs: number;
}

/** The hall's floor, minute by minute: who comes, and what each window does. Through the real commands. */
export class Floor {
  readonly watcher = new Watcher();
  readonly tally: Tally = {
    ...{ tickets: 0, served: 0, expired: 0, turnedAway: 0, refused: 0, repeated: 0 },
    ...{ waitMs: 0, called: 0, longestMs: 0 },
  };
  private readonly desks: Desk[];
  private readonly visits = new Map<string, { visitor: Visitor; started: boolean; goneBefore: boolean }>();
  private readonly kiosk;

  constructor(
    private readonly scene: Scene,
    private readonly chance: Chance,
  ) {
    this.kiosk = { _id: 'K', hallId: scene.hall.id, name: '', tokenHash: '', locked: false, seenAt: null };
    this.desks = scene.hall.zones.flatMap((zone) =>
      zone.windows.map(({ number, group }) => ({
        ...{ number, group, open: false, ticket: null, next: null, due: 0, parked: null, backAt: 0 },
      })),
    );
  }

  get windows(): number {
    return this.desks.length;
  }

  /** Everybody has been served or has gone. */
  get empty(): boolean {
    return this.watcher.waiting === 0 && this.desks.every((each) => !each.ticket && !each.parked);
  }

  async arrive(visitors: readonly Visitor[]): Promise<void> {
    await atOnce(visitors, 12, async (visitor) => {
      const repeats = this.chance.is(0.05);
      try {
        // The answer was lost, or the button pressed twice: the same request again, at the same time.
        const [ticket, again] = await Promise.all([this.ask(visitor), repeats ? this.ask(visitor) : null]);
        if (again) this.tally.repeated += 1;
        if (again && again._id !== ticket._id)
          throw new Error(`two tickets for one visit: ${visitor.person}`);
        this.tally.tickets += 1;
        this.watcher.waits(ticket);
        this.visits.set(ticket._id, { visitor, started: false, goneBefore: false });
      } catch (error) {
        if (!(error instanceof HallError) || error.status >= 500) throw error;
        if (error.id === 'queue.tickets_out') this.tally.turnedAway += 1;
        else this.tally.refused += 1;
      }
    });
  }

  private ask({ person, group, booking, priority }: Visitor): Promise<Ticket> {
    const { queue, hall } = this.scene;
    if (!booking) {
      return takeWalkIn(queue, this.kiosk, { group, priority, requestId: `press-of-${person}` });
    }
    const hallQr = hallQrText(hall.id, queue.secret);
    return checkInMyself(queue, person, { booking: booking._id, hallQr });
  }

  /** One minute of all windows: lines side by side, and in a line four windows at the same time. */
  async work(minute: number, serving: boolean): Promise<void> {
    await atOnce(this.desks, 12, (desk) => this.go(desk, minute));
    const groups = [...new Set(this.desks.map((each) => each.group))];
    await atOnce(groups, 6, async (group) => {
      const idle = this.desks.filter(
        (each) => each.group === group && !each.ticket && !each.next && each.backAt <= minute,
      );
      for (const desk of idle) if (serving && !desk.open) await this.open(desk);
      const ready = idle.filter((each) => each.open && !each.ticket);
      while (ready.length > 0 && this.watcher.waitingIn(group) > 0) {
        await this.callTogether(group, ready.splice(0, 4), minute);
      }
      if (!serving) for (const desk of ready) await this.close(desk);
    });
  }

  /** Everybody goes to lunch who has nobody at the window. */
  async lunch(until: number): Promise<void> {
    await atOnce(this.desks, 6, async (desk) => {
      desk.backAt = Math.max(desk.backAt, until);
      if (!desk.ticket) await this.close(desk);
    });
  }

  private async open(desk: Desk): Promise<void> {
    const staff = { staffId: `S${desk.number}`, name: '张' };
    await openWindow(this.scene.queue, this.scene.hall.id, desk.number, staff);
    desk.open = true;
  }

  private async close(desk: Desk): Promise<void> {
    if (!desk.open) return;
    await closeWindow(this.scene.queue, this.scene.hall.id, desk.number);
    desk.open = false;
  }

  private async callTogether(group: string, desks: readonly Desk[], minute: number): Promise<void> {
    const { queue, hall, clock } = this.scene;
    const called = await Promise.all(
      desks.map(async (desk) => {
        try {
          return { desk, ticket: await callNext(queue, hall.id, desk.number, `staff:S${desk.number}`) };
        } catch (error) {
          if (error instanceof HallError && error.id === 'queue.nobody_waiting') return null;
          throw error;
        }
      }),
    );
    const line = await lines().findOne({ _id: lineIdOf({ hallId: hall.id, group, day: simulatedDay }) });
    const seqOf = (ticket: Ticket): number =>
      line!.calls.findLast((each) => each.label === ticket.label)?.seq ?? Number.NaN;
    const done = called.filter((each) => each !== null).sort((a, b) => seqOf(a.ticket) - seqOf(b.ticket));
    for (const { desk, ticket } of done) {
      this.watcher.called(group, ticket._id, clock.now().getTime());
      const visit = this.visits.get(ticket._id)!;
      desk.ticket = ticket;
      const there = !this.chance.is(visit.goneBefore ? 0.5 : 0.04);
      desk.next = { do: there ? 'serve' : 'recall' };
      desk.due = minute + 1;
      if (
        !visit.started &&
        ticket.misses === 0 &&
        ticket.history.filter((each) => each.event === 'call').length === 1
      ) {
        const wait = ticket.calledAt!.getTime() - ticket.issuedAt.getTime();
        this.tally.called += 1;
        this.tally.waitMs += wait;
        this.tally.longestMs = Math.max(this.tally.longestMs, wait);
      }
    }
  }

  private async go(desk: Desk, minute: number): Promise<void> {
    if (desk.parked && desk.parked.due <= minute && !desk.ticket && desk.open) {
      const { ticket } = desk.parked;
      desk.ticket = await this.act(desk, ticket, { do: 'resume' });
      desk.parked = null;
      desk.next = { do: 'finish' };
      desk.due = minute + this.chance.from(1, 5);
    }
    if (!desk.ticket || !desk.next || desk.due > minute) return;
    const action = desk.next;
    const after = await this.act(desk, desk.ticket, action);
    const visit = this.visits.get(after._id)!;
    switch (action.do) {
      case 'recall':
        desk.ticket = after;
        desk.next = after.calls >= this.scene.queue.rules.calls ? { do: 'miss' } : { do: 'recall' };
        desk.due = minute + 1;
        return;
      case 'serve': {
        visit.started = true;
        desk.ticket = after;
        const fate = this.chance.next();
        const others = [...this.scene.mattersOf.keys()].filter((each) => each !== desk.group);
        desk.next =
          fate < 0.04 && !desk.parked
            ? { do: 'park', why: '补复印件' }
            : fate < 0.06
              ? { do: 'move', group: this.chance.one(others) }
              : { do: 'finish' };
        desk.due = minute + (desk.next.do === 'finish' ? visit.visitor.minutes : 3);
        return;
      }
      case 'park':
        desk.parked = { ticket: after, due: minute + 10 };
        break;
      case 'miss':
        if (after.state === 'waiting') {
          visit.goneBefore = true;
          this.watcher.waits(after);
        } else this.tally.expired += 1;
        break;
      case 'move':
        this.watcher.waits(after);
        break;
      case 'finish':
        this.tally.served += 1;
        break;
      case 'resume':
    }
    desk.ticket = null;
    desk.next = null;
    if (!desk.parked && this.chance.is(0.01)) {
      desk.backAt = minute + 20; // the clerk is called away
      await this.close(desk);
    }
  }

  /** Sent once more in a few cases, as after a lost answer: it must be refused, or answer the same. */
  private async act(desk: Desk, ticket: Ticket, action: TicketAction): Promise<Ticket> {
    const { queue, hall } = this.scene;
    const send = () => actOnTicket(queue, hall.id, desk.number, ticket._id, action, `staff:S${desk.number}`);
    const after = await send();
    if (action.do !== 'recall' && this.chance.is(0.03)) {
      this.tally.repeated += 1;
      const again = await send().then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof HallError && error.status < 500) return 'refused';
          throw error;
        },
      );
      if (again === 'done') throw new Error(`${action.do} of ${ticket.label} was done twice`);
    }
    return after;
  }
}
