import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';

const into = process.argv[2] ?? 'dist';

/** What compiled code reads beside itself: migrations, fonts, pages. The page is served as it is, sources included. */
const assets = [
  ...globSync('{src,commands,jobs,db,sandbox}/**/*.*', {
    exclude: (path) => path.endsWith('.ts') || path.startsWith('sandbox/page/'),
  }),
  ...globSync('sandbox/page/**/*.*'),
];

for (const path of assets) cpSync(path, join(into, path));
console.log(`${assets.length} files beside the code copied to ${into}/`);
