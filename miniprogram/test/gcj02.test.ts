import test from 'ava';
import { toGcj02 } from '../src/platform/gcj02.ts';

const metres = (a: { latitude: number; longitude: number }, b: typeof a): number =>
  Math.hypot((a.latitude - b.latitude) * 111_000, (a.longitude - b.longitude) * 111_000 * Math.cos(0.4));

test('a browser’s place is moved to the map of the hall: Tiananmen is where Chinese maps draw it', (t) => {
  // WGS-84 39.90734, 116.39089 is drawn at 39.90874, 116.39713 (GCJ-02).
  const moved = toGcj02({ latitude: 39.90734, longitude: 116.39089 });
  t.true(metres(moved, { latitude: 39.90874, longitude: 116.39713 }) < 15, JSON.stringify(moved));
});

test('R5.1.1: in Zengcheng the two differ by more than check-in allows, so the move matters', (t) => {
  const here = { latitude: 23.2658, longitude: 113.8046 };
  const far = metres(here, toGcj02(here));
  t.true(far > 400 && far < 800, String(far));
});
