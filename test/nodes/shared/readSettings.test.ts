import { InvalidPlanError } from '../../../engine/index';
import { readSettings } from '../../../nodes/shared/readSettings';

test('keeps settings that were set and leaves the others to the vendor', () => {
	expect(
		readSettings('Model 1', {
			temperature: '0.2',
			topP: 0.9,
			seed: 7,
			stop: ['END', ''],
			maxOutputTokens: 100,
			reasoningEffort: 'low',
			providerOptions: '{"user":"me"}',
			inputPriceUsd: 0,
			outputPriceUsd: 1.5,
		}),
	).toEqual({
		limits: {},
		settings: {
			temperature: 0.2,
			topP: 0.9,
			seed: 7,
			stop: ['END'],
			maxOutputTokens: 100,
			reasoningEffort: 'low',
			providerOptions: { user: 'me' },
		},
		price: { inputPriceUsd: 0, outputPriceUsd: 1.5 },
	});
	expect(readSettings('Model 1', undefined)).toEqual({ settings: {}, price: {}, limits: {} });
});

test('empty lists and objects count as left out', () => {
	const { settings } = readSettings('Model 1', { stop: [], providerOptions: {} });
	expect(settings.stop).toBeUndefined();
	expect(settings.providerOptions).toBeUndefined();
});

test('leaves the settings of the node itself alone', () => {
	expect(readSettings('Model 1', { label: 'fast' }, ['label']).settings).toEqual({});
});

test.each([
	[{ temperature: 3 }, 'Model 2 > Settings: Temperature must be at most 2, got 3'],
	[{ temperature: 'hot' }, 'Model 2 > Settings: Temperature must be a number, got "hot"'],
	[{ topP: -1 }, 'Model 2 > Settings: Top P must be at least 0, got -1'],
	[{ maxOutputTokens: 0 }, 'Model 2 > Settings: Max Output Tokens must be at least 1, got 0'],
	[{ seed: 1.5 }, 'Model 2 > Settings: Seed must be a whole number, got 1.5'],
	[
		{ inputPriceUsd: -1 },
		'Model 2 > Settings: Input Price (USD per Million Tokens) must be at least 0',
	],
	[{ stop: [1] }, 'Model 2 > Settings: Stop Sequences must be a list of texts, got [1]'],
	[{ reasoningEffort: 'huge' }, 'Reasoning Effort must be one of none, minimal, low, medium, high'],
	[{ providerOptions: '[1]' }, 'Provider Options (JSON) must be a JSON object, got "[1]"'],
	[{ providerOptions: '{' }, 'Provider Options (JSON) must be a JSON object, got "{"'],
	[{ weight: 2 }, 'Model 2 > Settings: weight is not a setting of this node, got 2'],
])('refuses %j', (raw, message) => {
	expect(() => readSettings('Model 2', raw)).toThrow(InvalidPlanError);
	expect(() => readSettings('Model 2', raw)).toThrow(message);
});
