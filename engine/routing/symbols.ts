import { DIGIT, LETTER, kindOf } from './characters';
import type { TextCounts } from './textCounts';

/** Counts one symbol; letters, digits and spaces do not come here. */
export function countSymbol(text: string, at: number, unit: number, counts: TextCounts): void {
	switch (unit) {
		case 0x2c: // ,
			counts.commas++;
			break;
		case 0x3f: // ?
			counts.questionMarks++;
			break;
		case 0x3a: // :
			counts.colons++;
			break;
		case 0x24: // $
			countDollar(text.charCodeAt(at + 1), counts);
			break;
		case 0x20ac: // €
		case 0xa3: // £
		case 0xa5: // ¥
			counts.money++;
			break;
		case 0x25: // %
			counts.percent++;
			break;
		case 0x5c: // \
			if (kindOf(text.charCodeAt(at + 1)) === LETTER) counts.latexCommands++;
			break;
		case 0x60: // `
			if (text.charCodeAt(at + 1) === 0x60 && text.charCodeAt(at + 2) === 0x60) counts.fences++;
			break;
		case 0x5f: // _
			counts.underscores++;
			break;
		case 0x22: // "
		case 0x27: // '
		case 0x201c: // “
		case 0x2018: // ‘
			counts.quotes++;
			break;
		case 0x28: // (
		case 0x29: // )
		case 0x5b: // [
		case 0x5d: // ]
		case 0x7b: // {
		case 0x7d: // }
		case 0x3b: // ;
			counts.brackets++;
			break;
		default:
			if (isMathSymbol(unit)) counts.mathSymbols++;
	}
}

function countDollar(next: number, counts: TextCounts): void {
	if (kindOf(next) === DIGIT) counts.money++;
	else if (kindOf(next) === LETTER || next === 0x5c || next === 0x28) counts.formulas++;
	else counts.money++;
}

/** `= + ^ < > * / |`, `×`, `÷`, `±`, arrows and mathematical operators. */
const isMathSymbol = (unit: number): boolean =>
	unit === 0x3d ||
	unit === 0x2b ||
	unit === 0x5e ||
	unit === 0x3c ||
	unit === 0x3e ||
	unit === 0x2a ||
	unit === 0x2f ||
	unit === 0x7c ||
	unit === 0xd7 ||
	unit === 0xf7 ||
	unit === 0xb1 ||
	(unit >= 0x2190 && unit <= 0x22ff);
