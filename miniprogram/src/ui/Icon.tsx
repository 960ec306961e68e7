import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Icon.scss';
import { type IconName, iconSvg } from './iconPaths.ts';
import { type ColorName, color } from './tokens.ts';

const drawn = new Map<string, string>();

/** A drawing beside words; a screen reader skips it. WXML knows no `<svg>`, so it is a background. */
export function Icon(props: { name: IconName; tone?: ColorName; size?: 's' | 'm' | 'l' | 'xl' }): ReactNode {
  const { name, tone = 'ink-2', size = 'm' } = props;
  return (
    <View
      className={`icon icon--${size}`}
      style={{ backgroundImage: drawing(name, tone) }}
      aria-hidden="true"
    />
  );
}

function drawing(name: IconName, tone: ColorName): string {
  const key = `${name}/${tone}`;
  let url = drawn.get(key);
  if (url === undefined) {
    url = svgUrl(iconSvg(name, color[tone]));
    drawn.set(key, url);
  }
  return url;
}

/** Everything escaped: a bare `;` or `)` would end the style declaration. */
export function svgUrl(svg: string): string {
  return `url("data:image/svg+xml,${encodeURIComponent(svg).replace(/[()']/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}")`;
}
