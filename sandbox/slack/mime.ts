const MIME: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
};

export const mimeOf = (name: string): string =>
  MIME[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
