import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFlatted } from './support/flatted';
import { differences, hybridFigures } from './support/hybridFigures';

describe('reading what n8n stored', () => {
	it('puts a flattened execution together again', () => {
		const text = '[{"name":"1","list":"2","none":null},"Router",["3","1",7],{"deep":"1"}]';
		assert.deepEqual(parseFlatted(text), {
			name: 'Router',
			list: [{ deep: 'Router' }, 'Router', 7],
			none: null,
		});
	});

	it('follows a value back to what holds it', () => {
		const read = parseFlatted('[{"self":"0","text":"1"},"0"]') as { self: unknown; text: string };
		assert.equal(read.self, read);
		assert.equal(read.text, '0');
	});
});

describe('the figures of a hybrid run', () => {
	const attempt = (model: string) => ({ model, outcome: 'ok' });
	const answers = [
		{ model: 'a', cache: 'miss', attempts: [attempt('a'), attempt('a')] },
		{ model: 'b', cache: 'miss', attempts: [attempt('b')] },
	];
	const question = (truth: string, byA: string, byB: string) => ({
		truth,
		answers,
		answer: byA,
		agreement: byA === byB ? 1 : 0.5,
		votes:
			byA === byB
				? [{ answer: byA, models: ['a', 'b'] }]
				: [
						{ answer: byA, models: ['a'] },
						{ answer: byB, models: ['b'] },
					],
	});
	const figures = hybridFigures({
		routed: [{ costUsd: 0.25, cache: 'miss', attempts: [attempt('a')] }],
		fannedOut: [{ costUsd: 0.5, answers }],
		reconciled: [question('1080', '$1,080.00', '$1,080.00'), question('5', '6', '5')],
		formatted: [{ costUsd: 0, cache: 'hit', attempts: [] }],
	});

	it('counts the right answers of each model and of all together', () => {
		assert.deepEqual(
			[...figures.rightByModel],
			[
				['a', 1],
				['b', 2],
			],
		);
		assert.equal(figures.rightTogether, 1);
		assert.equal(figures.unanimousRight, 1);
		assert.equal(figures.agreement, 0.75);
	});

	it('adds up calls, costs and answers from the cache', () => {
		assert.deepEqual(
			[...figures.callsInTrails],
			[
				['a', 3],
				['b', 1],
			],
		);
		assert.equal(figures.costUsd, 0.75);
		assert.equal(figures.fromCache, 1);
	});

	it('names the models whose calls are not the same on both sides', () => {
		const log = new Map([
			['a', 3],
			['b', 2],
			['c', 1],
		]);
		assert.deepEqual(differences(figures.callsInTrails, log), [
			'b: 1 calls in the items, 2 at the vendor',
			'c: 0 calls in the items, 1 at the vendor',
		]);
	});
});
