import test from 'ava';
import { countByHour } from './byHour.ts';

const row = (start: string, state = 'booked') => ({ start, state });

test('bookings are counted by the hour they begin; the empty hour between stays visible as 0', (t) => {
  t.deepEqual(countByHour([row('09:00'), row('09:30'), row('11:00', 'done')]), [
    { hour: '09:00', count: 2 },
    { hour: '10:00', count: 0 },
    { hour: '11:00', count: 1 },
  ]);
});

test('what was given back or moved holds no place', (t) => {
  t.deepEqual(
    countByHour([row('09:00', 'cancelled'), row('10:00', 'rescheduled'), row('10:00', 'expired')]),
    [],
  );
});
