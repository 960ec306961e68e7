import { ancestors, type ViewNode } from './viewNode.ts';

const silent = new Set([
  'input',
  'change',
  'focus',
  'blur',
  'confirm',
  'scroll',
  'load',
  'error',
  'scrolltolower',
]);

/**
 * Sends a native event to a node: it bubbles by the rendered bind… and catch… attributes, as WeChat would.
 * Answers how many handlers heard it; a handler that does not exist is a problem.
 */
export function fire(
  node: ViewNode,
  type: string,
  detail: object,
  problem: (message: string) => void,
): number {
  let heard = 0;
  for (const each of ancestors(node)) {
    const bound = [`bind${type}`, `bind:${type}`, `catch${type}`, `catch:${type}`].find(
      (key) => each.attrs[key],
    );
    if (bound !== undefined) {
      const name = String(each.attrs[bound]);
      const handler = each.owner[name];
      if (typeof handler === 'function') {
        heard++;
        handler.call(each.owner, nativeEvent(type, node, each, detail));
      } else {
        problem(`the handler ${name} of ${type} does not exist`);
      }
      if (bound.startsWith('catch')) break;
    }
    if (silent.has(type)) break;
  }
  return heard;
}

function nativeEvent(type: string, target: ViewNode, current: ViewNode, detail: object): object {
  const touch = { identifier: 0, pageX: 0, pageY: 0, clientX: 0, clientY: 0 };
  return {
    type,
    timeStamp: Date.now(),
    target: described(target),
    currentTarget: described(current),
    detail,
    touches: [touch],
    changedTouches: [touch],
    mark: {},
    mut: false,
  };
}

function described(node: ViewNode): object {
  const dataset = Object.entries(node.attrs)
    .filter(([name]) => name.startsWith('data-'))
    .map(([name, value]) => [
      name.slice(5).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]);
  return {
    id: String(node.attrs['id'] ?? ''),
    offsetLeft: 0,
    offsetTop: 0,
    dataset: Object.fromEntries(dataset) as object,
  };
}
