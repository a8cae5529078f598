import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '..', '..');

interface FolderRule {
	readonly name: string;
	readonly files: readonly string[];
	readonly allowed: string;
}

/** `engine/*.ts` is one folder, `engine/spec/**` + `/*.ts` all below it. */
function matches(pattern: string, file: string): boolean {
	const source = pattern
		.replace(/[.]/g, '\\.')
		.replace(/\*\*\//g, '(?:.+/)?')
		.replace(/(?<!\))\*/g, '[^/]*');
	return new RegExp(`^${source}$`).test(file);
}

function sourcesBelow(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => relative(ROOT, join(ROOT, folder, file)).replaceAll('\\', '/'));
}

function importsOf(file: string): string[] {
	const source = readFileSync(join(ROOT, file), 'utf8');
	return [...source.matchAll(/(?:from|import\()\s*'([^'\n]+)'/g)].map(([, target]) => target ?? '');
}

test('every folder imports only what its rule allows', async () => {
	const table = pathToFileURL(join(ROOT, 'scripts/lib/folderRules.mjs')).href;
	const { folderRules } = JSON.parse(await readRules(table)) as { folderRules: FolderRule[] };
	const broken = ['engine', 'nodes', 'credentials'].flatMap(sourcesBelow).flatMap((file) => {
		const rule = folderRules.findLast(({ files }) =>
			files.some((pattern) => matches(pattern, file)),
		);
		expect(rule).toBeDefined();
		const forbidden = new RegExp(rule?.allowed ?? '');
		return importsOf(file)
			.filter((target) => forbidden.test(target))
			.map((target) => `${file} (${rule?.name}) imports ${target}`);
	});
	expect(broken).toEqual([]);
});

test('only the transport imports undici, and each other package has one home', () => {
	const homes = new Map<string, Set<string>>();
	for (const file of sourcesBelow('engine')) {
		for (const target of importsOf(file)) {
			if (target.startsWith('.') || target.startsWith('node:')) continue;
			homes.set(target, (homes.get(target) ?? new Set()).add(file));
		}
	}
	for (const [name, files] of homes) {
		if (name === 'zod/v4-mini' || name === '@ai-sdk/provider') continue;
		expect({ name, files: [...files] }).toEqual({ name, files: [expect.any(String)] });
	}
	expect([...(homes.get('undici') ?? [])]).toEqual(['engine/transport.ts']);
});

/** The table is an ES module, which jest does not load: Node prints it. */
async function readRules(url: string): Promise<string> {
	const { execFileSync } = await import('node:child_process');
	const program = `import(${JSON.stringify(url)}).then((m) => console.log(JSON.stringify(m)))`;
	return execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' });
}
