/**
 * Import before n8n-core: where n8n keeps its settings is read from the environment when its
 * modules load, and a test must neither read nor write the user's own folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'n8n-test-'));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-tests';
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
