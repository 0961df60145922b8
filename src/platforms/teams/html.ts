/** More of a message than this is never quoted. */
const READ = 20_000;

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** `&lt;` and its kind as what they stand for. */
export const decodeEntities = (text: string): string =>
  text.replaceAll(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);

/** What a person reads in a message that Teams tells as HTML: one line for each of its blocks. */
export const textOfHtml = (html: string): string =>
  decodeEntities(
    html
      .slice(0, READ)
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*>/gi, '\n')
      .replaceAll(/<[^>]*>/g, ''),
  )
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
