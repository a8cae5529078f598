import { languageOf } from '../../../engine/routing/language';
import { LANGUAGES } from '../../../engine/spec/facts';
import { LANGUAGE_SAMPLES, WITHOUT_LANGUAGE } from './languageSamples';

const samples = LANGUAGES.flatMap((language) =>
	LANGUAGE_SAMPLES[language].map((prompt) => ({ language, prompt })),
);

test.each(samples)('$language: $prompt', ({ language, prompt }) => {
	expect(languageOf(prompt)).toBe(language);
});

test('every language that a rule can name has a sample', () => {
	expect(LANGUAGES.filter((language) => LANGUAGE_SAMPLES[language].length === 0)).toEqual([]);
});

test.each(WITHOUT_LANGUAGE.map((prompt) => ({ prompt })))(
	'no language: "$prompt"',
	({ prompt }) => {
		expect(languageOf(prompt)).toBeUndefined();
	},
);

test.each([
	{ language: 'en', prompt: 'Translate to Japanese: Good morning, how are you?' },
	{ language: 'en', prompt: 'What does the German word "Schadenfreude" mean in English?' },
	{ language: 'en', prompt: 'Who wrote "Война и мир" and when was it published?' },
	{ language: 'de', prompt: 'Was bedeutet der Satz "To be or not to be" auf Deutsch?' },
	{
		language: 'fr',
		prompt: 'Comment traduire « the early bird catches the worm » et dans quel contexte le dire ?',
	},
	{ language: 'en', prompt: 'What does „Aller Anfang ist schwer und nicht leicht“ mean?' },
	{ language: 'en', prompt: 'Is a 5" pipe wider than a 110 mm pipe, and by how much?' },
	{ language: 'es', prompt: '"¿Dónde está la biblioteca y a qué hora abre?"' },
	{
		language: 'de',
		prompt: 'Warum wirft dieser Code einen Fehler?\nconst a = [1, 2];\na.map(x => x.id)',
	},
	{ language: 'ja', prompt: '「Hello, how are you?」を日本語に翻訳してください。' },
	{ language: 'zh', prompt: '请解释 TCP 和 UDP 的区别' },
	{ language: 'ru', prompt: 'Переведи на английский: Good morning' },
])('of a mixed prompt the language of the instruction: $prompt', ({ language, prompt }) => {
	expect(languageOf(prompt)).toBe(language);
});

test.each([
	{ language: 'en', prompt: 'What is this?' },
	{ language: 'de', prompt: 'Was ist das?' },
	{ language: 'fr', prompt: "Qu'est-ce que c'est ?" },
	{ language: 'es', prompt: '¿Qué es esto?' },
	{ language: 'ru', prompt: 'Что это?' },
	{ language: 'ja', prompt: 'これは何？' },
	{ language: 'ko', prompt: '안녕' },
])('short: $prompt', ({ language, prompt }) => {
	expect(languageOf(prompt)).toBe(language);
});

test('what a prompt begins with decides, however long the quotation after it', () => {
	const quotation = 'The quick brown fox jumps over the lazy dog and runs away from it. '.repeat(
		2000,
	);
	const instruction =
		'Bitte fasse den folgenden Text für mich auf Deutsch zusammen und nenne die wichtigsten Punkte. '.repeat(
			16,
		);
	expect(languageOf(instruction + quotation)).toBe('de');
});
