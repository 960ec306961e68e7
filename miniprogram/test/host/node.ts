/** An element of a rendered page, as WeChat's view layer would hold it. */
export interface ViewElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: ViewNode[];
  /** The page or component whose methods the bound events call. */
  readonly owner: Instance;
  parent?: ViewElement;
}

export interface ViewText {
  readonly text: string;
  parent?: ViewElement;
}

export type ViewNode = ViewElement | ViewText;

/** A page's or component's object in the logic layer: its data, its methods, whatever the bundle put there. */
export interface Instance {
  data: Record<string, unknown>;
  [member: string]: unknown;
}

export const isElement = (node: ViewNode): node is ViewElement => 'tag' in node;

/** What a person reads, a line an element. */
export function textOf(node: ViewNode): string {
  if (!isElement(node)) return node.text;
  return node.children
    .map(textOf)
    .filter((part) => part !== '')
    .join(node.tag === 'text' ? '' : '\n');
}

export function elementsIn(root: ViewNode, found: ViewElement[] = []): ViewElement[] {
  if (!isElement(root)) return found;
  found.push(root);
  for (const child of root.children) elementsIn(child, found);
  return found;
}

/** From the element itself up to the page. */
export function* lineage(element: ViewElement): Generator<ViewElement> {
  for (let at: ViewElement | undefined = element; at; at = at.parent) yield at;
}

/**
 * Elements that fit a selector of `tag`, `#id`, `.class` and `[attribute=value]` parts, in document order. With `text`,
 * only the innermost ones whose text holds it.
 */
export function select(root: ViewNode, selector: string, text?: string): ViewElement[] {
  const parts = selector.match(/[#.]?[\w-]+|\[[^\]]+\]/g) ?? [];
  const fitting = elementsIn(root).filter((element) => parts.every((part) => fits(element, part)));
  if (text === undefined) return fitting;
  const holding = fitting.filter((element) => textOf(element).includes(text));
  return holding.filter(
    (element) => !holding.some((other) => other !== element && [...lineage(other)].includes(element)),
  );
}

function fits(element: ViewElement, part: string): boolean {
  const { attributes, tag } = element;
  if (part.startsWith('#')) return attributes['id'] === part.slice(1);
  if (part.startsWith('.'))
    return String(attributes['class'] ?? '')
      .split(/\s+/)
      .includes(part.slice(1));
  if (part.startsWith('[')) {
    const [name, value] = part.slice(1, -1).split('=');
    return value === undefined ? name! in attributes : String(attributes[name!]) === value;
  }
  return tag === part;
}
