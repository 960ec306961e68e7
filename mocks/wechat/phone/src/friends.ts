/** Scenery: what else is in these people's chat lists. Nothing of it leaves the page. */
export type Friend = {
  id: string;
  name: string;
  hue: number;
  longHair?: boolean;
  hoursAgo: number;
  lines: { mine: boolean; text: string }[];
};

const friends: Record<string, Friend[]> = {
  wang: [
    {
      id: 'wife',
      name: '晓琳',
      hue: 350,
      longHair: true,
      hoursAgo: 3,
      lines: [
        { mine: false, text: '身份证快到期了，记得去换' },
        { mine: true, text: '好，我先在网上约个号' },
      ],
    },
  ],
  chen: [
    {
      id: 'daughter',
      name: '女儿',
      hue: 20,
      longHair: true,
      hoursAgo: 5,
      lines: [
        { mine: false, text: '妈，社保认证在公众号里就能办' },
        { mine: true, text: '字大一点我就会' },
      ],
    },
  ],
  li: [
    {
      id: 'clerk',
      name: '店长阿强',
      hue: 40,
      hoursAgo: 2,
      lines: [
        { mine: false, text: '新店的食品经营许可要准备什么' },
        { mine: true, text: '我查一下办事指南发你' },
      ],
    },
  ],
};

export const friendsOf = (citizen: string): Friend[] =>
  friends[citizen] ?? [
    {
      id: 'family',
      name: '一家人',
      hue: 210,
      hoursAgo: 26,
      lines: [
        { mine: false, text: '周末回石滩吃饭吗' },
        { mine: true, text: '回，中午到' },
      ],
    },
  ];
