import { markedAnswer } from '../../../../engine/reconcile/locate/markedAnswer';
import { unwrap } from '../../../../engine/reconcile/text/unwrap';

const found = (text: string) => {
	const marked = markedAnswer(text);
	return marked && unwrap(marked.text);
};

it.each([
	['plain JSON', '{"reasoning": "…", "answer": "42"}', '42'],
	['fenced JSON', 'Here:\n```json\n{"answer": 42}\n```\nDone.', '42'],
	['a negative number', '{"answer": -3.5, "sure": true}', '-3.5'],
	['single quotes', "{'answer': 'Paris'}", 'Paris'],
	['another name of the field', '{"final_answer": "C"}', 'C'],
	['the last of several', '{"answer": "1"} … {"answer": "2"}', '2'],
	['raw line breaks', '{"reasoning": "a\nb", "answer": "x\ny"}', 'x\ny'],
	['LaTeX with one backslash', '{"answer": "\\frac{1}{2}"}', '\\frac{1}{2}'],
	['LaTeX with two', '{"answer": "\\\\frac{1}{2}"}', '\\frac{1}{2}'],
	['LaTeX like a tab', '{"answer": "3 \\times 4"}', '3 \\times 4'],
	['a broken escape', '{"answer": "\\(5\\)"}', '5'],
	['escaped quotes', '{"answer": "\\"08\\""}', '"08"'],
	['quotes not escaped', '{"answer": "say "hi" now", "sure": 1}', 'say "hi" now'],
	['a unicode escape', '{"answer": "caf\\u00e9"}', 'café'],
	['a list', '{"answer": [1, {"a": "]"}]}', '[1, {"a": "]"}]'],
	['a key inside a string', '{"answer": "x", "note": "the \\"answer\\": none"}', 'x'],
	['an unclosed object', '{"reasoning": "…", "answer": "7"', '7'],
	['nothing for null', '{"answer": null}', ''],
])('reads the JSON field answer: %s', (_, text, answer) => {
	expect(found(text)).toBe(answer);
});

it.each([
	['<ANSWER>3</ANSWER>', '3'],
	['for example <ANSWER>1</ANSWER>. So: <answer> B </answer>', 'B'],
	['<answer>4</answer', '4'],
	['<final_answer>x', 'x'],
	['so \\boxed{\\frac{1}{2}}.', '\\frac{1}{2}'],
	['\\boxed{1} or rather $\\boxed{\\text{even}}$', 'even'],
	['work\n#### 18', '18'],
	['The answer is (B).', '(B)'],
	['**Answer: C**', 'C'],
	['**Answer:** C', 'C'],
	['The final answer is: **42**', '42'],
	['Answer = 5', '5'],
	['The correct option is D, because it fits.', 'D, because it fits'],
	['The answer to the second question is 7 apples. I am sure.', '7 apples'],
	['The answer is 5. I hope this answer helps!', '5'],
	['## Final Answer\n\n42', '42'],
	['**Answer**\n\n**B**\n', 'B'],
	['Answer:\n$$\n\\frac{1}{2}\n$$', '\\frac{1}{2}'],
	['The answer is Dr. Smith. He came.', 'Dr. Smith'],
	['La respuesta es 12.', '12'],
	['Die Antwort lautet: 12', '12'],
	['La réponse est B.', 'B'],
	['答案是：42。', '42'],
	['답: 정답은 3', '3'],
])('reads the mark in "%s"', (text, answer) => {
	expect(found(text)).toBe(answer);
});

it.each([
	'Just some prose.',
	'#### Step 2: compute',
	'#### Steps\nfirst',
	'The answer is not B',
	'I have no answer',
	'\\boxed{1',
	'answers',
	'',
])('finds no mark in "%s"', (text) => {
	expect(markedAnswer(text)).toBeUndefined();
});

it('prefers the surest mark', () => {
	expect(markedAnswer('The answer is 1. <answer>2</answer> {"answer": "3"}')?.text).toBe('3');
});
