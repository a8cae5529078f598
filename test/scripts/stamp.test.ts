import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runModule } from './runModule';

describe('installOnce', () => {
	let parent: string;
	let folder: string;

	beforeEach(() => {
		parent = mkdtempSync(join(tmpdir(), 'multi-model-stamp-'));
		folder = join(parent, 'tool-1.0.0');
	});
	afterEach(() => {
		rmSync(parent, { recursive: true, force: true });
	});

	/** Says `installs` when it does; `step` is what the install ends with. */
	const install = (contents: object, step = '', isComplete = false) =>
		runModule(
			(lib) => `
				import { writeFile } from 'node:fs/promises';
				import { installOnce } from '${lib}/stamp.mjs';
				const folder = ${JSON.stringify(folder)};
				await installOnce({
					folder,
					contents: ${JSON.stringify(contents)},
					isComplete: async () => ${isComplete},
					install: async () => {
						console.log('installs');
						await writeFile(folder + '/part', '');
						${step}
					},
				});
				console.log('done');
			`,
		);

	it('installs once and leaves a complete folder alone', async () => {
		expect(await install({ tool: '1.0.0' }).printed).toBe('installs\ndone\n');
		expect(await install({ tool: '1.0.0' }).printed).toBe('done\n');
	});

	it('starts again from an empty folder after an install that was cut off', async () => {
		const cut = install({ tool: '1.0.0' }, 'await new Promise((r) => setTimeout(r, 60_000));');
		await cut.until('installs');
		cut.child.kill('SIGKILL');
		await cut.printed;
		writeFileSync(join(folder, 'left behind'), '');
		expect(await install({ tool: '1.0.0' }).printed).toBe('installs\ndone\n');
		expect(existsSync(join(folder, 'left behind'))).toBe(false);
	});

	it('installs anew for another version or platform', async () => {
		await install({ tool: '1.0.0', abi: '137' }).printed;
		expect(await install({ tool: '1.0.0', abi: '141' }).printed).toBe('installs\ndone\n');
	});

	it('adopts a folder without a stamp that is found complete', async () => {
		mkdirSync(folder);
		expect(await install({ tool: '1.0.0' }, '', true).printed).toBe('done\n');
	});
});
