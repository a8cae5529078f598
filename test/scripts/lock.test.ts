import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runModule } from './runModule';

describe('withLock', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'multi-model-lock-'));
	});
	afterEach(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	const holder = (name: string, holdMs: number) =>
		runModule(
			(lib) => `
				import { withLock } from '${lib}/lock.mjs';
				await withLock(${JSON.stringify(join(folder, 'install.lock'))}, async () => {
					console.log('${name} in', Date.now());
					await new Promise((resolve) => setTimeout(resolve, ${holdMs}));
					console.log('${name} out', Date.now());
				});
			`,
		);
	const timeOf = (printed: string, what: string) =>
		Number(new RegExp(`${what} (\\d+)`).exec(printed)?.[1]);

	it('lets one process work at a time', async () => {
		const first = holder('first', 400);
		await first.until('first in');
		const second = holder('second', 0);
		const [one, two] = await Promise.all([first.printed, second.printed]);
		expect(timeOf(two, 'second in')).toBeGreaterThanOrEqual(timeOf(one, 'first out'));
	});

	it('takes over from a process that was killed', async () => {
		const dead = holder('dead', 60_000);
		await dead.until('dead in');
		dead.child.kill('SIGKILL');
		await dead.printed;
		const printed = await holder('heir', 0).printed;
		expect(printed).toContain('heir out');
	});
});
