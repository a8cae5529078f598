/** HTML's names for the signs from 160 to 255, in their order. */
const LATIN_1 =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr ' +
	'deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
	'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ' +
	'ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
	'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml ' +
	'eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** The names beyond that which occur in pages and mails. */
const OTHERS =
	'amp:& lt:< gt:> quot:" apos:\' lsquo:‘ rsquo:’ sbquo:‚ ldquo:“ rdquo:” bdquo:„ lsaquo:‹ rsaquo:› ' +
	'ndash:– mdash:— hellip:… bull:• dagger:† Dagger:‡ permil:‰ prime:′ Prime:″ euro:€ trade:™ ' +
	'ensp:\u2002 emsp:\u2003 thinsp:\u2009 zwnj:\u200c zwj:\u200d shy:\u00ad ' +
	'larr:← uarr:↑ rarr:→ darr:↓ harr:↔ rArr:⇒ lArr:⇐ hArr:⇔ minus:− lowast:∗ le:≤ ge:≥ ne:≠ equiv:≡ ' +
	'asymp:≈ infin:∞ sum:∑ prod:∏ radic:√ int:∫ part:∂ nabla:∇ isin:∈ notin:∉ cap:∩ cup:∪ sub:⊂ sup:⊃ ' +
	'forall:∀ exist:∃ empty:∅ and:∧ or:∨ there4:∴ OElig:Œ oelig:œ Scaron:Š scaron:š Yuml:Ÿ fnof:ƒ ' +
	'circ:ˆ tilde:˜ check:✓ star:☆ phone:☎ female:♀ male:♂ hearts:♥ spades:♠ clubs:♣ diams:♦ ' +
	'Alpha:Α Beta:Β Gamma:Γ Delta:Δ Epsilon:Ε Theta:Θ Lambda:Λ Pi:Π Sigma:Σ Phi:Φ Psi:Ψ Omega:Ω ' +
	'alpha:α beta:β gamma:γ delta:δ epsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν ' +
	'xi:ξ omicron:ο pi:π rho:ρ sigmaf:ς sigma:σ tau:τ upsilon:υ phi:φ chi:χ psi:ψ omega:ω ' +
	'lbrace:{ rbrace:} lbrack:[ rbrack:] lpar:( rpar:) colon:: comma:, period:. sol:/ bsol:\\ ' +
	'num:# dollar:$ percnt:% ast:* plus:+ equals:= excl:! quest:? commat:@ Hat:^ lowbar:_ grave:` ' +
	'vert:| Tab:\t';

const NAMED: ReadonlyMap<string, string> = new Map([
	...LATIN_1.split(' ').map((name, index) => [name, String.fromCharCode(160 + index)] as const),
	...OTHERS.split(/ (?=\w+:)/).map((entry) => {
		const colon = entry.indexOf(':');
		return [entry.slice(0, colon), entry.slice(colon + 1)] as const;
	}),
]);

/** Windows-1252, which pages mean when they number signs from 128 to 159. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const REPLACEMENT = '\ufffd';
const ENTITY = /&(?:#(\d{1,7});?|#[xX]([0-9a-fA-F]{1,6});?|([a-zA-Z][a-zA-Z0-9]{1,31});)/g;

/** Signs in place of their HTML names and numbers; a name that is not known stays as it is. */
export function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(ENTITY, (found, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return NAMED.get(name) ?? found;
		return fromNumber(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal));
	});
}

function fromNumber(codePoint: number): string {
	if (codePoint >= 128 && codePoint < 160) return WINDOWS[codePoint - 128] ?? REPLACEMENT;
	const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000;
	if (codePoint === 0 || codePoint > 0x10ffff || isSurrogate) return REPLACEMENT;
	return String.fromCodePoint(codePoint);
}
