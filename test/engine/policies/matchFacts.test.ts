import type { FactConditions, RequestFacts } from '../../../engine/index';
import { matchFacts } from '../../../engine/policies/matchFacts';

const FACTS: RequestFacts = {
	inputTokens: 1200,
	task: 'math',
	language: 'de',
	hasAttachment: false,
};

test.each<{ wanted: FactConditions; reasons: string[] | undefined }>([
	{ wanted: {}, reasons: [] },
	{ wanted: { minInputTokens: 1200 }, reasons: ['it has about 1,200 tokens'] },
	{ wanted: { minInputTokens: 1201 }, reasons: undefined },
	{ wanted: { maxInputTokens: 1200 }, reasons: ['it has about 1,200 tokens'] },
	{ wanted: { maxInputTokens: 1199 }, reasons: undefined },
	{ wanted: { tasks: ['code', 'math'] }, reasons: ['its task is math'] },
	{ wanted: { tasks: ['code'] }, reasons: undefined },
	{ wanted: { languages: ['de'] }, reasons: ['its language is de'] },
	{ wanted: { languages: ['fr'] }, reasons: undefined },
	{ wanted: { hasAttachment: true }, reasons: undefined },
	{ wanted: { hasAttachment: false }, reasons: ['it has no attachment'] },
	{
		wanted: { hasAttachment: false, languages: ['de'], tasks: ['math'], minInputTokens: 1 },
		reasons: [
			'it has no attachment',
			'it has about 1,200 tokens',
			'its language is de',
			'its task is math',
		],
	},
	{ wanted: { languages: ['de'], tasks: ['code'] }, reasons: undefined },
])('$wanted', ({ wanted, reasons }) => {
	expect(matchFacts(FACTS, wanted)).toEqual(reasons);
});

test('a language that cannot be told fits no list of languages', () => {
	const { language, ...untold } = FACTS;
	expect(language).toBe('de');
	expect(matchFacts(untold, { languages: ['de'] })).toBeUndefined();
});

test('a fact that no condition asks for is never worked out', () => {
	const facts = {
		hasAttachment: true,
		get inputTokens(): number {
			throw new Error('counted');
		},
		get task(): never {
			throw new Error('judged');
		},
	};
	expect(matchFacts(facts, { hasAttachment: true })).toEqual(['it has an attachment']);
});
