/** Who hears the events of a node: the page's or a custom component's instance. */
export type Owner = Record<string, unknown>;

export interface TextNode {
  readonly text: string;
}

export interface ViewNode {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly children: ReadonlyArray<ViewNode | TextNode>;
  readonly owner: Owner;
  parent: ViewNode | undefined;
}

export const isText = (node: ViewNode | TextNode): node is TextNode => 'text' in node;

/** The words a person would read, a line a block. */
export function textOf(node: ViewNode | TextNode): string {
  if (isText(node)) return node.text;
  return node.children
    .map(textOf)
    .filter((text) => text !== '')
    .join(node.tag === 'text' ? '' : '\n');
}

export function allNodes(node: ViewNode, wanted: (node: ViewNode) => boolean): ViewNode[] {
  const below = node.children.flatMap((child) => (isText(child) ? [] : allNodes(child, wanted)));
  return wanted(node) ? [node, ...below] : below;
}

/** `tag`, `#id`, `.class` and `[attribute=value]`, in any combination. */
export function matches(node: ViewNode, selector: string): boolean {
  const parts = selector.match(/[#.]?[\w-]+|\[[^\]]+\]/g) ?? [];
  return parts.every((part) => {
    if (part.startsWith('#')) return node.attrs['id'] === part.slice(1);
    if (part.startsWith('.')) return classesOf(node).includes(part.slice(1));
    if (!part.startsWith('[')) return node.tag === part;
    const [name = '', value] = part.slice(1, -1).split('=');
    return value === undefined ? name in node.attrs : String(node.attrs[name]) === value;
  });
}

/** The innermost nodes of the selection that hold the text. */
export function withText(nodes: readonly ViewNode[], text: string): ViewNode[] {
  const holding = nodes.filter((node) => textOf(node).includes(text));
  return holding.filter((node) => !holding.some((other) => other !== node && isInside(other, node)));
}

export function ancestors(node: ViewNode): ViewNode[] {
  return node.parent ? [node, ...ancestors(node.parent)] : [node];
}

const classesOf = (node: ViewNode): string[] => String(node.attrs['class'] ?? '').split(/\s+/);

const isInside = (node: ViewNode, around: ViewNode): boolean => ancestors(node).slice(1).includes(around);
