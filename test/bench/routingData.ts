import { existsSync, readdirSync } from 'node:fs';
import { readRoutingRows, type RoutingRow } from '../../scripts/train/recordedRows';

/** The first of them that holds routing rows serves when MULTI_MODEL_DATA is not set. */
const SAMPLE_FOLDERS = ['test/fixtures/recorded', 'test/engine/routing/sample'];

const holdsRoutingRows = (folder: string): boolean =>
	existsSync(folder) && readdirSync(folder).some((name) => /^routing-.*\.jsonl$/.test(name));

export function chooseRecordedRows(): {
	readonly folder: string;
	readonly isFull: boolean;
	readonly recorded: readonly RoutingRow[];
} {
	const full = process.env.MULTI_MODEL_DATA;
	const folder = full ?? SAMPLE_FOLDERS.find(holdsRoutingRows) ?? '';
	if (!holdsRoutingRows(folder)) {
		console.log(`No routing-*.jsonl in "${folder}": nothing to measure.`);
		process.exit(2);
	}
	return { folder, isFull: full !== undefined, recorded: readRoutingRows(folder) };
}
