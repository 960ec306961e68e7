import type { ThemeConfig } from 'antd';
import { color, fontFamily, size } from './tokens.ts';

/** Ant Design in the hall's own look: deep blue-green, hairlines, no shadows that only decorate. */
export const antTheme: ThemeConfig = {
  token: {
    colorPrimary: color.primary,
    colorLink: color.primary,
    colorInfo: color.primary,
    colorSuccess: color.good,
    colorWarning: color.warn,
    colorError: color.bad,
    colorText: color.ink,
    colorTextSecondary: color['ink-2'],
    colorTextTertiary: color['ink-3'],
    colorTextDescription: color['ink-3'],
    colorTextPlaceholder: color['ink-3'],
    colorBorder: '#c9d4d3',
    colorBorderSecondary: color.line,
    colorSplit: color.line,
    colorBgLayout: color.page,
    colorBgContainer: color.surface,
    borderRadius: 6,
    fontFamily,
    fontSize: size.body,
    controlHeight: 36,
    boxShadowTertiary: 'none',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Table: {
      headerBg: color.surface,
      headerColor: color['ink-3'],
      headerSplitColor: 'transparent',
      rowHoverBg: color.page,
      cellPaddingBlock: 12,
    },
    Segmented: { itemSelectedBg: color.surface, trackBg: color.sunken },
  },
};
