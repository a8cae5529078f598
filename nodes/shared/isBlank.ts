/** Whether a text shows nothing: white space, control and zero-width characters at most. */
export function isBlank(text: string): boolean {
	return /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}
