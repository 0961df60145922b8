import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { buildPackage } from './build-package.ts';

/** `npm run teams:package`: writes teams/coxswain.zip, to be uploaded in Teams under Apps, Manage your apps. */
const file = join(import.meta.dirname, 'coxswain.zip');
try {
  process.loadEnvFile();
} catch {
  // Without a .env file the environment alone counts.
}
try {
  const { MICROSOFT_APP_ID: appId = '', MICROSOFT_APP_TYPE: appType, PUBLIC_URL: publicUrl } = process.env;
  const managedIdentity = appType === 'UserAssignedMSI';
  await writeFile(
    file,
    await buildPackage({ appId, managedIdentity, publicUrl: publicUrl === '' ? undefined : publicUrl }),
  );
  process.stdout.write(`Wrote ${file}\n`);
} catch (error) {
  const words =
    error instanceof z.ZodError ? error.issues.map((issue) => issue.message).join('\n') : String(error);
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}
