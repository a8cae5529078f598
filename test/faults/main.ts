/**
 * The 16 faults, judged from the caller's and the vendor's side, through the packed package in the
 * real n8n; the same again without a healthy backup, and while the answer streams. Exit code 1
 * unless all of it is as it should be.
 */
import { reliabilitySchema } from '../../engine/index';
import { startTestBed } from '../e2e/support/testBed';
import type { Asked } from './caller';
import { startPortkey } from './portkeyCaller';
import { routerCaller } from './routerCaller';
import { SCENARIOS, type Scenario, type Verdict } from './scenario';
import { runSuite, type SuiteModel, type SuiteParts } from './suite';
import { suiteTable, variantTable } from './tables';
import { runVariants } from './variants';

/** What was shown cannot be taken back: an error says that the answer is not whole. */
const SAFE_IN_A_STREAM = ['S08', 'S09', 'S10', 'S14'];
/** The outage is told by its requests, not by how their answers are shown. */
const NOT_STREAMED = ['S15', 'S16'];
/** First tokens after 20 s are waited for 8 s before the backup is asked, too. */
const HEDGE_AFTER_SECONDS = 8;
/** Without hedging the only way to an answer within 15 s. */
const IMPATIENT_SECONDS = 10;

const canHedge = 'hedgeAfterSeconds' in reliabilitySchema.def.shape;

const OPENAI: SuiteModel = {
	prefix: 'openai/',
	id: 'gpt-4o-mini-2024-07-18',
	call: 'OpenAI Responses',
};
const ANTHROPIC: SuiteModel = {
	prefix: 'anthropic/',
	id: 'claude-3-5-haiku-20241022',
	call: 'Anthropic Messages',
};
const COMPATIBLE: SuiteModel = {
	prefix: 'openaiCompatible/',
	id: 'mistral-large-2411',
	call: 'an OpenAI-compatible server',
};

function settingsOf({ needs }: Scenario): Partial<Asked> {
	if (needs !== 'hedge') return {};
	return canHedge
		? { hedgeAfterSeconds: HEDGE_AFTER_SECONDS }
		: { timeoutSeconds: IMPATIENT_SECONDS };
}

const startedAtMs = Date.now();
const bed = await startTestBed();
const portkeyScript = process.env.PORTKEY_SCRIPT;
const portkey =
	portkeyScript === undefined
		? undefined
		: await startPortkey(portkeyScript, bed.host.node24, bed.sandbox.url);
let failed = false;
try {
	const parts: SuiteParts = {
		sandbox: bed.sandbox,
		caller: routerCaller(bed.session, bed.credentials, 'item'),
		first: OPENAI,
		second: ANTHROPIC,
		modelName: (_model, asked) => asked,
		tag: 'item',
		settings: settingsOf,
	};
	const streamed: SuiteParts = {
		...parts,
		caller: routerCaller(bed.session, bed.credentials, 'stream'),
		first: COMPATIBLE,
		tag: 'stream',
	};
	const streamScenarios = SCENARIOS.filter(({ id }) => !NOT_STREAMED.includes(id)).flatMap((one) =>
		one.id === 'S11'
			? [one, { ...one, title: `${one.title}, left open`, fault: '--fault-no-end-open' }]
			: [one],
	);
	const bare: SuiteParts | undefined = portkey && {
		...parts,
		caller: portkey,
		first: { ...OPENAI, prefix: '', call: 'OpenAI Chat Completions' },
		second: { ...ANTHROPIC, prefix: '' },
		modelName: (model) => model.id,
		tag: 'portkey',
	};
	const [rows, streamRows, variantRows, bareRows] = await Promise.all([
		runSuite(parts),
		runSuite(streamed, streamScenarios),
		runVariants(parts),
		bare && runSuite(bare),
	]);
	const streamVerdict = (id: string): Verdict => (SAFE_IN_A_STREAM.includes(id) ? 'safe' : 'pass');
	const wrongStreams = streamRows.filter(
		({ scenario, verdict }) => verdict !== streamVerdict(scenario.id),
	);
	failed =
		rows.some(({ verdict }) => verdict !== 'pass') ||
		variantRows.some(({ wrong }) => wrong.length > 0) ||
		wrongStreams.length > 0;

	console.log(suiteTable('Multi-Model Router in n8n 2.40.7', rows));
	console.log(
		canHedge
			? `S07 with Hedge After (Seconds) ${HEDGE_AFTER_SECONDS}.`
			: `S07 with Timeout (Seconds) ${IMPATIENT_SECONDS}.`,
	);
	console.log(suiteTable('The same while the answer streams to a webhook', streamRows));
	console.log(
		`Expected there: ${SAFE_IN_A_STREAM.join(', ')} safe, for what was shown cannot be taken back; the others pass.` +
			` ${wrongStreams.length === 0 ? 'So it is.' : `Not so: ${wrongStreams.map(({ scenario }) => scenario.id).join(', ')}.`}`,
	);
	console.log(variantTable(variantRows));
	if (bareRows !== undefined) {
		console.log(suiteTable(`${portkey?.name} ${process.env.PORTKEY_VERSION ?? ''}`, bareRows));
	}
	console.log(
		`\n${failed ? 'FAILED' : 'passed'} after ${Math.round((Date.now() - startedAtMs) / 1000)} s`,
	);
} finally {
	await portkey?.stop();
	await bed.stop();
}
process.exitCode = failed ? 1 : 0;
