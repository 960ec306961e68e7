import sanitizeHtml from 'sanitize-html';

/** Where an uploaded picture is; the only pictures an article may have, so that no reader is followed by a stranger. */
export const picturePath = (id: string): string => `/api/staff/broadcast-pictures/${id}`;
const pictureIn = /^\/api\/staff\/broadcast-pictures\/([\w-]{1,40})$/;

/**
 * The HTML an article may have: paragraphs, headings, lists, emphasis, our own pictures, links to https addresses.
 * Scripts, styles, forms and everything else goes; what they contained as text stays, except for scripts and styles.
 */
export const safeArticle = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: [
      'p',
      'br',
      'h2',
      'h3',
      'strong',
      'b',
      'em',
      'u',
      'ul',
      'ol',
      'li',
      'blockquote',
      'img',
      'a',
    ],
    allowedAttributes: { img: ['src', 'alt'], a: ['href'] },
    allowedSchemes: ['https'],
    allowProtocolRelative: false,
    transformTags: { div: 'p', h1: 'h2', i: 'em' },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !pictureIn.test(attribs['src'] ?? ''),
  }).trim();

/** The text alone, as WeChat takes it for a missing digest. */
export const textOfArticle = (html: string): string =>
  sanitizeHtml(html.replace(/<\/(p|h2|h3|li|blockquote)>|<br\s*\/?>/g, ' '), {
    allowedTags: [],
    allowedAttributes: {},
  })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

/** Ids of our pictures within it, each once. */
export const picturesIn = (html: string): string[] => [
  ...new Set([...html.matchAll(/\/api\/staff\/broadcast-pictures\/([\w-]{1,40})/g)].map(([, id]) => id!)),
];

/** The article as it goes to WeChat: our pictures by WeChat's addresses. */
export const withAddresses = (html: string, addresses: ReadonlyMap<string, string>): string =>
  html.replace(/\/api\/staff\/broadcast-pictures\/([\w-]{1,40})/g, (path, id: string) => {
    const address = addresses.get(id);
    return address === undefined ? path : address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  });
