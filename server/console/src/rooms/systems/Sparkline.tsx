import type { ReactNode } from 'react';

const [width, height] = [132, 28];

/** The last hour, a bar a minute: answered calls, and the failed ones on top. */
export function Sparkline({ minutes }: { minutes: readonly (readonly [number, number])[] }): ReactNode {
  const most = Math.max(...minutes.map(([good, bad]) => good + bad));
  const total = minutes.reduce((sum, [good, bad]) => sum + good + bad, 0);
  const failed = minutes.reduce((sum, [, bad]) => sum + bad, 0);
  if (most === 0) return <span className="quiet">近一小时没有调用</span>;
  const step = width / minutes.length;
  const tall = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * (height - 2)));
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      role="img"
      aria-label={`近一小时 ${total} 次调用，失败 ${failed} 次`}
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="sparkline-base" />
      {minutes.map(([good, bad], i) => {
        const [up, down] = [tall(good), tall(bad)];
        const x = i * step;
        const key = `${x}`;
        return (
          <g key={key}>
            {up > 0 && (
              <rect x={x} width={step - 0.6} y={height - 1 - up} height={up} className="sparkline-good" />
            )}
            {down > 0 && (
              <rect
                x={x}
                width={step - 0.6}
                y={Math.max(0, height - 1 - up - down)}
                height={down}
                className="sparkline-bad"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
