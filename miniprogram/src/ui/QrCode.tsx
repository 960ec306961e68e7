import { View } from '@tarojs/components';
import { type ReactNode, useMemo } from 'react';
import { encode } from 'uqr';
import { svgUrl } from './Icon.tsx';
import './QrCode.scss';

/** A code for the hall's scanner: dark on white with its quiet zone, whatever the page looks like. */
export function QrCode(props: { text: string; label: string }): ReactNode {
  const url = useMemo(() => svgUrl(qrSvg(props.text)), [props.text]);
  return <View className="qr" style={{ backgroundImage: url }} aria-role="img" aria-label={props.label} />;
}

function qrSvg(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1H${x}z`))
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#17282b" d="${path}"/></svg>`;
}

/** Dark stretches of a row as [start, length]. */
function runs(row: readonly boolean[]): Array<[number, number]> {
  const found: Array<[number, number]> = [];
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x++;
    found.push([start, x - start + 1]);
  }
  return found;
}
