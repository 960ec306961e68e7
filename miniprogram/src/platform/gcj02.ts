/** A browser tells WGS-84; Chinese maps, and the hall's own place, are GCJ-02, some 500 m apart. */
const axis = 6_378_245;
const eccentricity = 0.006_693_421_622_965_943;

/** From WGS-84 to GCJ-02 by the published approximation; meant for places in mainland China, error a few metres. */
export function toGcj02(at: { latitude: number; longitude: number }): {
  latitude: number;
  longitude: number;
} {
  const x = at.longitude - 105;
  const y = at.latitude - 35;
  const rad = (at.latitude / 180) * Math.PI;
  const magic = 1 - eccentricity * Math.sin(rad) ** 2;
  const north = (shiftNorth(x, y) * 180 * magic ** 1.5) / (axis * (1 - eccentricity) * Math.PI);
  const east = (shiftEast(x, y) * 180 * Math.sqrt(magic)) / (axis * Math.cos(rad) * Math.PI);
  return { latitude: at.latitude + north, longitude: at.longitude + east };
}

/** Sum of sines that both shifts share: short waves of the longitude. */
const ripple = (x: number): number =>
  ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;

function shiftNorth(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  const waves = ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3;
  const long = ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  return base + ripple(x) + waves + long;
}

function shiftEast(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  const waves = ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3;
  const long = ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  return base + ripple(x) + waves + long;
}
