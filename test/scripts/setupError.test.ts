import { runModule } from './runModule';

describe('runScript', () => {
	const script = (work: string) =>
		runModule(
			(lib) => `
				import { runScript, SetupError } from '${lib}/setupError.mjs';
				import { requireNode } from '${lib}/ensureDependencies.mjs';
				console.error = console.log;
				await runScript(async () => { ${work} });
				console.log('code', process.exitCode);
			`,
		).printed;

	it('tells a Node that is too old which one is needed, without a stack', async () => {
		expect(await script("requireNode('18.20.8');")).toBe(
			'\nThis needs Node 20.19 or newer; the one that runs is 18.20.8.\n\ncode 1\n',
		);
		expect(await script("requireNode('20.18.3');")).toContain('code 1');
		expect(await script("requireNode('20.19.0'); requireNode('24.0.0');")).toBe('code 0\n');
	});

	it('shows the beginning and the end of what a failed command said', async () => {
		const said = await script(
			"throw new SetupError('It failed.', Array.from({ length: 90 }, (_, i) => 'line ' + i).join('\\n'));",
		);
		expect(said).toContain('line 0\n');
		expect(said).toContain('line 89\n\nIt failed.');
		expect(said).not.toContain('line 45\n');
	});

	it('passes the exit code of the work on', async () => {
		expect(await script('return 3;')).toBe('code 3\n');
	});
});
