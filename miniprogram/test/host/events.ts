import { elementsIn, lineage, type ViewElement } from './node.ts';

/** Events that stay with the element they happen to. */
const staying = new Set([
  'input',
  'change',
  'submit',
  'reset',
  'focus',
  'blur',
  'confirm',
  'scroll',
  'load',
  'error',
]);

const point = { pageX: 0, pageY: 0, clientX: 0, clientY: 0, identifier: 0 };

/**
 * Dispatches a native event along the rendered `bind…` and `catch…` attributes. Returns how many handlers ran.
 * `missing` hears of a bound name that its owner does not have.
 */
export function dispatch(
  element: ViewElement,
  type: string,
  detail: Record<string, unknown>,
  missing: (handler: string) => void,
): number {
  const target = describe(element);
  let ran = 0;
  for (const at of lineage(element)) {
    const bound = [`bind${type}`, `bind:${type}`, `catch${type}`, `catch:${type}`].find(
      (key) => at.attributes[key],
    );
    if (bound) {
      ran += 1;
      const name = String(at.attributes[bound]);
      const handler = at.owner[name];
      if (typeof handler === 'function') {
        handler.call(at.owner, {
          type,
          timeStamp: Date.now(),
          target,
          currentTarget: describe(at),
          detail,
          touches: [point],
          changedTouches: [point],
          mark: {},
          mut: false,
        });
      } else missing(name);
      if (bound.startsWith('catch')) break;
    }
    if (staying.has(type)) break;
  }
  return ran;
}

function describe(element: ViewElement): object {
  const dataset = Object.entries(element.attributes)
    .filter(([key]) => key.startsWith('data-'))
    .map(([key, value]) => [
      key.slice(5).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]);
  return {
    id: String(element.attributes['id'] ?? ''),
    offsetLeft: 0,
    offsetTop: 0,
    dataset: Object.fromEntries(dataset),
  };
}

export function isDisabled(element: ViewElement): boolean {
  return [...lineage(element)].some(
    ({ tag, attributes }) =>
      tag === 'button' && [true, 'true'].includes(attributes['disabled'] as boolean | string),
  );
}

/** The form that a tap on this element submits or resets, with the values of its fields. */
export function formBehind(
  element: ViewElement,
): { form: ViewElement; type: 'submit' | 'reset'; value: Record<string, unknown> } | undefined {
  const button = [...lineage(element)].find(
    ({ tag, attributes }) => tag === 'button' && attributes['form-type'],
  );
  const type = button?.attributes['form-type'];
  if (!button || (type !== 'submit' && type !== 'reset')) return undefined;
  const form = [...lineage(button)].find(({ tag }) => tag === 'form');
  if (!form) return undefined;
  const fields = ['input', 'textarea', 'switch', 'picker', 'slider', 'radio-group', 'checkbox-group'];
  const named = elementsIn(form).filter(({ tag, attributes }) => attributes['name'] && fields.includes(tag));
  const value = named.map(({ attributes }) => [
    attributes['name'],
    attributes['value'] ?? attributes['checked'],
  ]);
  return { form, type, value: Object.fromEntries(value) };
}
