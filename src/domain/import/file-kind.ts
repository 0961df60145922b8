/** How files begin that are no text: `.xlsx` and `.ods` are ZIP archives, `.xls` is an OLE file. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'a workbook'],
  ['\u00d0\u00cf\u0011\u00e0', 'a workbook'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['GIF8', 'a picture'],
  ['%PDF', 'a PDF'],
  ['\u001f\u008b', 'a compressed file'],
];

/** What a file is that holds no text, by its first bytes, in words; undefined for what may be text. */
export function fileKind(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  return BEGINNINGS.find(([beginning]) => head.startsWith(beginning))?.[1];
}
