import type { BookingDays, BookingSlots, BookingView } from '../areas/booking/contract.ts';
import type { SignedIn } from '../areas/people/contract.ts';
import type { WholeHall } from './hall.ts';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface Refusal {
  readonly error: { readonly id: string; readonly message: string; readonly requestId: string };
}

/** A citizen with the mini-program in hand: signs in by a fresh `wx.login` code, then asks the API. */
export class TestCitizen {
  private constructor(
    private readonly url: string,
    readonly token: string,
    readonly personId: string,
  ) {}

  /** `id` is a demo citizen: wang, chen, li, he, zhang … */
  static async signIn(hall: Pick<WholeHall, 'url' | 'outside'>, id: string): Promise<TestCitizen> {
    const code = hall.outside.wechat.loginCode(id);
    const response = await fetch(`${hall.url}/api/sign-in/mini-program`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (!response.ok) throw new Error(`${id} could not sign in: ${response.status} ${await response.text()}`);
    const { token, person } = (await response.json()) as SignedIn;
    return new TestCitizen(hall.url, token, person.id);
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  /** The first open slot of a matter in a hall, at least a day ahead. */
  async findSlot(
    matter: string,
    hall: string,
    skip = 0,
  ): Promise<{ matter: string; hall: string; date: string; start: string }> {
    const { body } = await this.ask<BookingDays>('GET', `/api/booking/days?matter=${matter}&hall=${hall}`);
    const open = body.days.filter((each) => each.state === 'open');
    const day = open[1 + skip] ?? open.at(-1);
    if (!day) throw new Error('no open day');
    const slots = await this.ask<BookingSlots>(
      'GET',
      `/api/booking/slots?matter=${matter}&hall=${hall}&date=${day.date}`,
    );
    const slot = slots.body.slots.find((each) => each.state === 'open');
    if (!slot) throw new Error('no open slot');
    return { matter, hall, date: day.date, start: slot.start };
  }

  /** Holds and confirms. */
  async book(matter: string, hall: string, skip = 0): Promise<BookingView> {
    const held = await this.ask<BookingView>(
      'POST',
      '/api/bookings',
      await this.findSlot(matter, hall, skip),
    );
    if (held.status !== 200) throw new Error(`no hold: ${JSON.stringify(held.body)}`);
    const booked = await this.ask<BookingView>('POST', `/api/bookings/${held.body.id}/confirm`, {});
    if (booked.status !== 200) throw new Error(`no booking: ${JSON.stringify(booked.body)}`);
    return booked.body;
  }
}
