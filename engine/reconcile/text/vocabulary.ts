import { plainText } from './plainText';

/** Gives each different word or pair of words a number, from 0 on. */
export interface Vocabulary {
	/**
	 * The different words of a text and, `withPairs`, the different pairs of neighbouring words. By
	 * hash: two of a million different words share one by a chance of 1 in 9 for all of them together.
	 */
	readonly wordsOf: (text: string, withPairs: boolean) => readonly number[];
	/** How many different ones there are so far. */
	readonly size: () => number;
}

/** A table of hashes with open places, since a Map takes five times as long. */
export function createVocabulary(): Vocabulary {
	let places = 1024;
	let hashes = new Int32Array(places);
	/** Number of the word plus one; 0: the place is free. */
	let numbers = new Int32Array(places);
	let size = 0;
	/** The text in which each word was seen last, so that each counts once a text. */
	const seenIn: number[] = [];
	let textNumber = 0;

	function numberOf(hash: number): number {
		let place = (hash ^ (hash >>> 16)) & (places - 1);
		for (let number = numbers[place]; number !== 0; number = numbers[place]) {
			if (hashes[place] === hash) return (number ?? 1) - 1;
			place = (place + 1) & (places - 1);
		}
		if (size * 2 >= places) {
			grow();
			return numberOf(hash);
		}
		hashes[place] = hash;
		numbers[place] = size + 1;
		seenIn.push(0);
		return size++;
	}

	function grow(): void {
		const known = { hashes, numbers };
		places *= 4;
		hashes = new Int32Array(places);
		numbers = new Int32Array(places);
		known.numbers.forEach((number, at) => {
			if (number === 0) return;
			const hash = known.hashes[at] ?? 0;
			let place = (hash ^ (hash >>> 16)) & (places - 1);
			while (numbers[place] !== 0) place = (place + 1) & (places - 1);
			hashes[place] = hash;
			numbers[place] = number;
		});
	}

	function wordsOf(text: string, withPairs: boolean): readonly number[] {
		textNumber += 1;
		const found: number[] = [];
		let last = 0;
		forEachWord(plainText(text).toLowerCase(), (hash) => {
			note(hash);
			if (withPairs && last !== 0) note(mixed(mixed(last, PAIR), hash));
			last = hash;
		});
		return found;

		function note(hash: number): void {
			const number = numberOf(hash);
			if (seenIn[number] === textNumber) return;
			seenIn[number] = textNumber;
			found.push(number);
		}
	}

	return { wordsOf, size: () => size };
}

const SEED = 0x811c9dc5 | 0;
const PAIR = 0x1f;

/** FNV-1a with a stir, so that short words differ in all bits. */
function mixed(hash: number, value: number): number {
	const product = Math.imul(hash ^ value, 0x01000193);
	return (product ^ (product >>> 15)) | 0;
}

function forEachWord(text: string, found: (hash: number) => void): void {
	let word = 0;
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		const kind = code < 128 ? ASCII_KINDS[code] : kindOf(code);
		if (
			kind === LETTER ||
			(kind === APOSTROPHE && word !== 0) ||
			(kind === POINT && isWithinNumber(text, index))
		) {
			const sign = kind === APOSTROPHE ? 39 : code;
			word = mixed(word === 0 ? SEED : word, sign);
		} else {
			if (word !== 0) found(word);
			word = 0;
			if (kind === WHOLE_WORD) found(mixed(SEED, code));
		}
	}
	if (word !== 0) found(word);
}

const BREAK = 0;
const LETTER = 1;
/** A part of the word before it: `it's`, `players'`. */
const APOSTROPHE = 2;
/** Scripts that put no spaces between words: each sign is one. */
const WHOLE_WORD = 3;
/** `3.5` and `1,000` are one word each. */
const POINT = 4;

const ASCII_KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
	const sign = String.fromCharCode(code);
	if (/[a-z0-9]/.test(sign)) return LETTER;
	if (sign === "'") return APOSTROPHE;
	return sign === '.' || sign === ',' ? POINT : BREAK;
});

const APOSTROPHES: readonly number[] = [0x2019, 0x02bc];
const PUNCTUATION: ReadonlyArray<readonly [number, number]> = [
	[0x80, 0xa9],
	[0xab, 0xb4],
	[0xb6, 0xb9],
	[0xbb, 0xbf],
	[0x2000, 0x206f],
	[0x3000, 0x303f],
	[0xff01, 0xff0f],
];
/** Thai, Lao and East Asian signs. */
const UNSPACED: ReadonlyArray<readonly [number, number]> = [
	[0x0e00, 0x0eff],
	[0x3040, 0x9fff],
	[0xf900, 0xfaff],
];

function kindOf(code: number): number {
	if (APOSTROPHES.includes(code)) return APOSTROPHE;
	if (PUNCTUATION.some(([first, last]) => code >= first && code <= last)) return BREAK;
	return UNSPACED.some(([first, last]) => code >= first && code <= last) ? WHOLE_WORD : LETTER;
}

function isWithinNumber(text: string, index: number): boolean {
	return isDigit(text.charCodeAt(index - 1)) && isDigit(text.charCodeAt(index + 1));
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}
