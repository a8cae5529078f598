/** Scripts that name a language on their own, or nearly; ranges of UTF-16 units. */
const SCRIPTS = {
	latin: [
		[0x41, 0x5a],
		[0x61, 0x7a],
		[0xc0, 0x24f],
		[0x1e00, 0x1eff],
	],
	greek: [[0x370, 0x3ff]],
	cyrillic: [[0x400, 0x52f]],
	hebrew: [[0x590, 0x5ff]],
	arabic: [
		[0x600, 0x6ff],
		[0xfb50, 0xfdff],
		[0xfe70, 0xfeff],
	],
	devanagari: [[0x900, 0x97f]],
	bengali: [[0x980, 0x9ff]],
	tamil: [[0xb80, 0xbff]],
	thai: [[0xe00, 0xe7f]],
	hangul: [
		[0x1100, 0x11ff],
		[0xac00, 0xd7a3],
	],
	kana: [[0x3041, 0x30ff]],
	han: [
		[0x3400, 0x4dbf],
		[0x4e00, 0x9fff],
	],
} as const;

export type Script = keyof typeof SCRIPTS;
export const SCRIPT_NAMES = Object.keys(SCRIPTS) as Script[];

export type ScriptLanguage =
	| 'el'
	| 'ru'
	| 'uk'
	| 'bg'
	| 'sr'
	| 'he'
	| 'ar'
	| 'fa'
	| 'hi'
	| 'bn'
	| 'ta'
	| 'th'
	| 'ko'
	| 'ja'
	| 'zh';

const scriptOfUnit = new Int8Array(0x10000).fill(-1);
SCRIPT_NAMES.forEach((script, index) => {
	for (const [first, last] of SCRIPTS[script]) scriptOfUnit.fill(index, first, last + 1);
});

/** Index into `SCRIPT_NAMES`, -1 for digits, symbols, spaces and other scripts. */
export const scriptOf = (unit: number): number => scriptOfUnit[unit] ?? -1;

const ofScript: Readonly<Partial<Record<Script, ScriptLanguage>>> = {
	greek: 'el',
	hebrew: 'he',
	devanagari: 'hi',
	bengali: 'bn',
	tamil: 'ta',
	thai: 'th',
	hangul: 'ko',
};

/** A script needs this share of all letters: one quoted word does not make a language. */
const LEAST_SHARE = 0.4;
/** A glyph of Han says as much as two or three letters. */
const HAN_FACTOR = 2.5;

/** The language that the scripts tell, `latin` where words must decide, `undefined` for neither. */
export function languageOfScript(
	counts: Int32Array,
	text: string,
): ScriptLanguage | 'latin' | undefined {
	const countOf = (script: Script) => counts[SCRIPT_NAMES.indexOf(script)] ?? 0;
	const weightOf = (script: Script) =>
		countOf(script) * (script === 'han' || script === 'kana' ? HAN_FACTOR : 1);
	const total = SCRIPT_NAMES.reduce((sum, script) => sum + weightOf(script), 0);
	if (total === 0) return undefined;
	// Japanese is Han and kana; a Chinese text has no kana but in a quoted name.
	if (weightOf('han') + weightOf('kana') >= LEAST_SHARE * total) {
		return countOf('kana') >= 0.1 * (countOf('han') + countOf('kana')) ? 'ja' : 'zh';
	}
	const most = SCRIPT_NAMES.reduce((best, script) =>
		weightOf(script) > weightOf(best) ? script : best,
	);
	if (most === 'latin') return 'latin';
	if (weightOf(most) < LEAST_SHARE * total) return undefined;
	if (most === 'cyrillic') return cyrillicLanguage(text);
	if (most === 'arabic') return /[پچژگیک]/.test(text) ? 'fa' : 'ar';
	return ofScript[most];
}

function cyrillicLanguage(text: string): ScriptLanguage {
	if (/[іїєґ]/i.test(text)) return 'uk';
	if (/[ђјљњћџ]/i.test(text)) return 'sr';
	// Bulgarian writes ъ as a vowel and has no ы, э, ё.
	return /[ыэё]/i.test(text) || !/ъ/i.test(text) ? 'ru' : 'bg';
}
