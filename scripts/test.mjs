// @ts-check
import path from 'node:path';
import { ensureDependencies } from './lib/ensureDependencies.mjs';
import { REPOSITORY } from './lib/paths.mjs';
import { runVisibly } from './lib/runCommand.mjs';
import { runScript } from './lib/setupError.mjs';

const JEST = path.join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');

// npm test: unit and workflow tests. Arguments go to jest: npm test -- test/engine
await runScript(async () => {
	await ensureDependencies();
	return await runVisibly(process.execPath, [JEST, ...process.argv.slice(2)], { cwd: REPOSITORY });
});
