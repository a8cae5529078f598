import type { NodeHint } from 'n8n-workflow';
import { NO_MODEL_HINT } from '../shared/fields/hints';

const ROWS = '($parameter.candidates?.values || [])';
const ID = '(row) => String(row.model?.value ?? row.model ?? "")';
const SAMPLES = '(row) => Math.max(1, Number(row.settings?.samples) || 1)';
/** Rows with their samples, and the connected models that no row names. */
const BRANCHES = `(${ROWS}.map(${SAMPLES}).reduce((sum, count) => sum + count, 0) + Math.max(0, (Number($parameter.connectedModels) || 0) - new Set(${ROWS}.map(${ID}).filter((id) => id.startsWith("connected/"))).size))`;
/** Everything of a row that makes its request: not its name, its backup, or how often it is asked. */
const ASKED = `(row) => { const { label, backupModel, samples, ...settings } = row.settings || {}; return (${ID})(row) + JSON.stringify(Object.entries(settings).sort()); }`;

const hint = (condition: string, message: string, type: 'info' | 'warning' = 'warning') =>
	({
		message,
		type,
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ ${condition} }}`,
	}) satisfies NodeHint;

/** Shown in the panel before a run, where the settings cannot do what they promise. */
export const FAN_OUT_HINTS: NodeHint[] = [
	NO_MODEL_HINT,
	hint(
		`$parameter.minAnswers > ${BRANCHES}`,
		'More answers are needed than models are listed. Lower Minimum Answers or add models.',
	),
	hint(
		`$parameter.waitFor === "quorum" && $parameter.quorum > ${BRANCHES}`,
		'The quorum is larger than the number of answers that can come. Lower Quorum, add models, or set Samples.',
	),
	hint(
		`$parameter.waitFor === "quorum" && $parameter.minAnswers > $parameter.quorum`,
		'Minimum Answers is larger than Quorum, so a quorum would never be enough. Lower Minimum Answers or raise Quorum.',
	),
	hint(
		`$parameter.waitFor === "agreement" && ${BRANCHES} === 2`,
		'With two answers both are always needed, and neither can outvote the other. Add a third model to save calls by agreement.',
	),
	hint(
		`${BRANCHES} === 1`,
		'Only one answer will come. Add a model, or set Samples in the settings of this one.',
		'info',
	),
	hint(
		`new Set(${ROWS}.map(${ASKED})).size < ${ROWS}.length`,
		'A model is listed twice with the same settings and is asked once. To ask it several times, set Samples in its settings; to ask it for different views, set Perspective.',
	),
	hint(
		`${ROWS}.some((row) => Number(row.settings?.samples) > 1 && row.settings?.temperature === 0)`,
		'Samples of a model at temperature 0 are nearly the same. Raise or remove its Temperature.',
	),
];
