import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface Prices {
	inputUsd: number;
	outputUsd: number;
	cachedInputUsd?: number;
}

type SourcePricing = Prices & { tiers: readonly (Prices & { aboveInputTokens: number })[] };

interface SourceRow {
	model: string;
	provider?: string;
	names?: readonly string[];
	resold?: boolean;
	pricing?: SourcePricing;
	contextWindowTokens?: number;
	maxOutputTokens?: number;
}

interface Merged {
	rows: Record<string, SourceRow & { sources: { name: string }[] }>;
	aliases: Record<string, string>;
	report: string[];
}

const MERGE = pathToFileURL(path.resolve(__dirname, '../../../scripts/catalog/merge.mjs')).href;

// The scripts run before anything is installed, so they are plain modules outside this compiler.
const PROGRAM = `
	const { merge } = await import(${JSON.stringify(MERGE)});
	const chunks = [];
	for await (const chunk of process.stdin) chunks.push(chunk);
	const byId = (rows) => new Map(rows.map((row) => [row.provider + '/' + row.model, row]));
	const [newer, older] = JSON.parse(Buffer.concat(chunks).toString()).map(byId);
	const { rows, aliases, report } = await merge(newer, older);
	console.log(JSON.stringify({
		rows: Object.fromEntries(rows), aliases: Object.fromEntries(aliases), report,
	}));`;

/** Merges rows of models.dev with rows of genai-prices, each of OpenAI unless it says otherwise. */
async function merge(
	modelsDev: readonly SourceRow[],
	genaiPrices: readonly SourceRow[],
): Promise<Merged> {
	const { execFileSync } = await import('node:child_process');
	const newer = modelsDev.map((row) => ({ provider: 'openai', inputs: ['text'], ...row }));
	const older = genaiPrices.map((row) => ({ provider: 'openai', names: [row.model], ...row }));
	const printed = execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
		input: JSON.stringify([newer, older]),
		encoding: 'utf8',
	});
	return JSON.parse(printed) as Merged;
}

const flat = (inputUsd: number, outputUsd: number, cachedInputUsd?: number): SourcePricing => ({
	inputUsd,
	outputUsd,
	...(cachedInputUsd !== undefined && { cachedInputUsd }),
	tiers: [],
});

const tiered = (inputUsd: number, aboveInputTokens: number): SourcePricing => ({
	...flat(inputUsd, inputUsd * 5),
	tiers: [{ aboveInputTokens, inputUsd: inputUsd * 2, outputUsd: inputUsd * 10 }],
});

it('takes the price of the newer source and reports the difference', async () => {
	const { rows, report } = await merge(
		[{ model: 'gpt-x', pricing: flat(2, 8), contextWindowTokens: 100 }],
		[{ model: 'gpt-x', pricing: flat(3, 9) }],
	);
	expect(rows['openai/gpt-x']?.pricing).toEqual(flat(2, 8));
	expect(report).toEqual(['openai/gpt-x: price 2/8 against 3/9']);
});

it('fills a price, or a cached price, that only the older source states', async () => {
	const { rows, report } = await merge(
		[
			{ model: 'gpt-a', contextWindowTokens: 100 },
			{ model: 'gpt-b', pricing: flat(2, 8), contextWindowTokens: 100 },
			{ model: 'gpt-c', pricing: flat(2, 8), contextWindowTokens: 100 },
		],
		[
			{ model: 'gpt-a', pricing: flat(1, 4) },
			{ model: 'gpt-b', pricing: flat(2, 8, 0.2) },
			{ model: 'gpt-c', pricing: flat(3, 8, 0.3) },
		],
	);
	expect(rows['openai/gpt-a']?.pricing).toEqual(flat(1, 4));
	expect(rows['openai/gpt-b']?.pricing).toEqual(flat(2, 8, 0.2));
	expect(rows['openai/gpt-c']?.pricing).toEqual(flat(2, 8));
	expect(report).toEqual(['openai/gpt-c: price 2/8 against 3/8']);
});

it('leaves a floating price open when two readings are far apart', async () => {
	const provider = 'openrouter';
	const { rows } = await merge(
		[
			{ provider, model: 'near', pricing: flat(1, 2), contextWindowTokens: 100 },
			{ provider, model: 'far', pricing: flat(0.2, 16), contextWindowTokens: 100 },
		],
		[
			{ provider, resold: true, model: 'near', pricing: flat(1.5, 2) },
			{ provider, resold: true, model: 'far', pricing: flat(3, 15) },
			{ provider, resold: true, model: 'other', pricing: flat(3, 15) },
		],
	);
	expect(rows['openrouter/near']?.pricing).toEqual(flat(1, 2));
	expect(rows['openrouter/far']?.pricing).toBeUndefined();
	expect(rows['openrouter/other']).toBeUndefined();
});

it("does not take a client's cap at the first price tier for the window", async () => {
	const pricing = tiered(2, 272_000);
	const contextWindowTokens = 272_000;
	const { rows } = await merge(
		[
			{ model: 'at-azure-too', pricing, contextWindowTokens },
			{ provider: 'azure', model: 'at-azure-too', pricing, contextWindowTokens: 1_050_000 },
			{ model: 'known-before', pricing, contextWindowTokens },
			{ model: 'unknown', pricing, contextWindowTokens },
		],
		[{ model: 'known-before', pricing, contextWindowTokens: 1_000_000 }],
	);
	expect(rows['openai/at-azure-too']?.contextWindowTokens).toBe(1_050_000);
	expect(rows['openai/known-before']?.contextWindowTokens).toBe(1_000_000);
	expect(rows['openai/unknown']?.contextWindowTokens).toBeUndefined();
});

it('makes an alias of a dated name, and a row with nothing but a price of any other', async () => {
	const { rows, aliases } = await merge(
		[{ model: 'gpt-x', pricing: flat(2, 8), contextWindowTokens: 100, maxOutputTokens: 10 }],
		[
			{
				model: 'gpt-x',
				names: ['gpt-x', 'gpt-x-2026-03-05', 'gpt-x-latest', 'gpt-x-codex'],
				pricing: flat(2, 8),
				contextWindowTokens: 100,
			},
		],
	);
	expect(aliases).toEqual({
		'openai/gpt-x-2026-03-05': 'openai/gpt-x',
		'openai/gpt-x-latest': 'openai/gpt-x',
	});
	expect(rows['openai/gpt-x-codex']).toMatchObject({ pricing: flat(2, 8), inputs: ['text'] });
	expect(rows['openai/gpt-x-codex']?.contextWindowTokens).toBeUndefined();
	expect(rows['openai/gpt-x-codex']?.sources.map(({ name }) => name)).toEqual([
		'@pydantic/genai-prices',
	]);
});

it('drops an output limit that the window cannot hold', async () => {
	const { rows } = await merge(
		[{ model: 'gpt-x', pricing: flat(2, 8), contextWindowTokens: 100, maxOutputTokens: 200 }],
		[],
	);
	expect(rows['openai/gpt-x']?.maxOutputTokens).toBeUndefined();
});
