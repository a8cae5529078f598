import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openEditor } from './support/browser';
import { chain, items, MANUAL, router } from './support/chain';
import { consensusReplay, consensusTable, isRightText } from './support/consensusFigures';
import { demoQuestions } from './support/demoQuestions';
import { closePanel, field, openNode, openWorkflow, scrollToFirstField } from './support/editor';
import { runWorkflow } from './support/executions';
import { callsInItems, callsInLog, differences } from './support/hybridFigures';
import { screenshot } from './support/screenshot';
import { OWNER, startTestBed, type TestBed } from './support/testBed';
import { createWorkflow } from './support/workflows';

const MINI = 'openai/gpt-4o-mini-2024-07-18';
const FLASH = 'google/gemini-1.5-flash';
const STRONG = 'openai/gpt-4o-2024-08-06';
const ROWS = [
	[MINI, { tier: 'fast', weight: 8 }],
	[FLASH, { tier: 'fast', weight: 1 }],
	[STRONG, { tier: 'strong', weight: 1 }],
] as const;
const CANDIDATES = {
	values: ROWS.map(([value, settings]) => ({ model: { __rl: true, mode: 'id', value }, settings })),
};
const CONDITIONS = {
	options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
	combinator: 'and',
	conditions: [
		{
			id: 'b6b2c0b8-8f0b-4f6f-9a6e-0f4f0a2f9f01',
			leftValue: '={{ $json.plan }}',
			rightValue: 'gold',
			operator: { type: 'string', operation: 'equals' },
		},
	],
};
/** The labels of the fields that each strategy shows beside the ones that all have. */
const PANELS: Readonly<Record<string, { fields: string[]; parameters?: Record<string, unknown> }>> =
	{
		auto: { fields: ['Quality (0 to 1)'], parameters: { quality: 0.3 } },
		cascade: {
			fields: ['Accept When'],
			parameters: { cascade: { mustMatch: '\\d+', minConfidence: 0.8, passDraft: true } },
		},
		cheapest: { fields: [] },
		consensus: { fields: ['Agreement'], parameters: { consensus: { extract: 'finalNumber' } } },
		fastest: { fields: [] },
		leastBusy: { fields: [] },
		priority: { fields: [] },
		rules: {
			fields: ['Rules', 'Otherwise', 'Let Other Models Stand In'],
			parameters: {
				rules: {
					values: [
						{
							conditions: CONDITIONS,
							minInputTokens: 2000,
							tasks: ['code'],
							sendTo: 'strong',
						},
					],
				},
			},
		},
		weighted: { fields: ['Sticky Key'], parameters: { stickyKey: '={{ $json.customerId }}' } },
	};
const ALL_FIELDS = Object.values(PANELS).flatMap(({ fields }) => fields);

describe('strategies in the real n8n', () => {
	let bed: TestBed;
	let browser: Browser;
	let page: Page;

	before(async () => {
		bed = await startTestBed();
		browser = await openBrowser(bed.host);
		page = await openEditor(browser, bed.n8n.url, OWNER);
	});
	after(async () => {
		await browser.close();
		await bed.stop();
	});

	for (const [strategy, { fields, parameters = {} }] of Object.entries(PANELS)) {
		it(`shows for ${strategy} what it needs and nothing else`, async () => {
			const workflow = chain(`Strategy ${strategy}`, [
				MANUAL,
				items([{ prompt: 'Name a colour.', customerId: 'c1', plan: 'gold' }]),
				router([MINI, FLASH], bed.credentials, {
					strategy,
					candidates: CANDIDATES,
					...parameters,
				}),
			]);
			const { id } = await createWorkflow(bed.session, workflow);
			await openWorkflow(page, id);
			await openNode(page, 'Router');
			await field(page, 'strategy').first().waitFor();
			await page.getByText('Models', { exact: true }).first().waitFor();
			for (const name of ALL_FIELDS) {
				const count = await page.getByTestId('ndv').getByText(name, { exact: true }).count();
				assert.equal(count > 0, fields.includes(name), `${name} is shown ${count} times`);
			}
			await scrollToFirstField(page);
			await screenshot(bed.host, page, `strategy-${strategy}`);
			await closePanel(page);
			const { status, error } = await runWorkflow(bed.session, id, MANUAL.name);
			assert.equal(status, 'success', error?.message);
		});
	}

	it('consensus gives the accuracy and the cost that the recorded answers promise', async () => {
		const models = [MINI, FLASH, STRONG];
		const questions = demoQuestions(
			models.map((model) => model.slice(model.indexOf('/') + 1)),
			Infinity,
		).map(({ question, ...rest }) => ({ ...rest, prompt: question }));
		const ask = async (name: string, parameters: Record<string, unknown>) => {
			bed.sandbox.reset();
			const asking = router([STRONG, FLASH], bed.credentials, {
				limits: { concurrency: 20 },
				...parameters,
			});
			const workflow = chain(name, [MANUAL, items(questions), asking]);
			const { id } = await createWorkflow(bed.session, workflow);
			const execution = await runWorkflow(bed.session, id, MANUAL.name);
			assert.equal(execution.status, 'success', execution.error?.message);
			const answered = execution.items('Router');
			assert.equal(answered.length, questions.length);
			const told = callsInItems({ routed: answered, fannedOut: [] });
			assert.deepEqual(differences(told, callsInLog(bed.sandbox.calls())), []);
			return answered;
		};
		const together = await ask('Consensus', { strategy: 'consensus', candidates: CANDIDATES });
		const alone = await ask('Strong alone', {
			candidates: { values: CANDIDATES.values.slice(2) },
		});
		const figures = {
			questions: questions.length,
			right: together.filter(isRightText).length,
			rightAlone: alone.filter(isRightText).length,
			escalated: together.filter(({ model }) => model === STRONG).length,
			costUsd: sum(together),
			costAloneUsd: sum(alone),
		};
		const replay = consensusReplay(models);
		console.log(consensusTable(figures, replay));
		assert.deepEqual(
			[figures.questions, figures.right, figures.rightAlone, figures.escalated],
			[replay.questions, replay.right, replay.rightAlone, replay.escalated],
		);
		const share = figures.costUsd / figures.costAloneUsd;
		const promised = replay.costUsd / replay.costAloneUsd;
		assert.ok(Math.abs(share - promised) < 0.03, `${share} of the cost, ${promised} promised`);
	});
});

function sum(answered: ReadonlyArray<Readonly<Record<string, unknown>>>): number {
	return answered.reduce((total, { costUsd }) => {
		assert.equal(typeof costUsd, 'number');
		return total + (costUsd as number);
	}, 0);
}
