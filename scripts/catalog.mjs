import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyOverrides } from './catalog/applyOverrides.mjs';
import { encode } from './catalog/encode.mjs';
import { fetchPackage } from './catalog/fetchPackage.mjs';
import { merge } from './catalog/merge.mjs';
import { readGenaiPrices } from './catalog/readGenaiPrices.mjs';
import { readModelsDev } from './catalog/readModelsDev.mjs';
import { GENAI_PRICES, MODELS_DEV } from './catalog/sources.mjs';
import { SetupError, runScript } from './lib/setupError.mjs';

const TARGET = new URL('../engine/catalog/catalog.json', import.meta.url);
const OVERRIDES = new URL('./catalog/overrides.json', import.meta.url);

/** `npm run catalog`: writes engine/catalog/catalog.json. With `-- --check`: only compares. */
async function main() {
	const folder = mkdtempSync(join(tmpdir(), 'catalog-'));
	try {
		const modelsDev = readModelsDev(await fetchPackage(MODELS_DEV, folder));
		const genaiFiles = await fetchPackage(GENAI_PRICES, folder);
		const genaiPrices = await readGenaiPrices(genaiFiles, folder, MODELS_DEV.checkedOn);
		const overrides = JSON.parse(readFileSync(OVERRIDES, 'utf8'));
		const catalog = applyOverrides(merge(modelsDev, genaiPrices), overrides);
		const text = encode(catalog);

		console.log(catalog.report.join('\n'));
		console.log(
			`\n${catalog.rows.size} rows, ${catalog.aliases.size} aliases, ${Math.round(text.length / 1024)} KB; ` +
				`${catalog.report.length} disagreements above, settled by the rule in scripts/catalog/merge.mjs`,
		);
		if (!process.argv.includes('--check')) {
			writeFileSync(TARGET, text);
		} else if (readFileSync(TARGET, 'utf8') !== text) {
			throw new SetupError('engine/catalog/catalog.json is not what npm run catalog writes.');
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

await runScript(main);
