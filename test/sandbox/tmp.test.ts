import { recordings } from './recorded/recordings';
import { questionIndex } from './recorded/questionIndex';
test('x', () => {
	const rs = recordings();
	const find = questionIndex(rs);
	expect(rs.length).toBe(276);
	let wrong = 0;
	for (const r of rs) if (find('You are a tutor. Q:\n' + r.question.replace(/ /g, '\n') + '\nAnswer:')?.recording.id !== r.id) wrong++;
	console.log('wrong', wrong);
	const long = 'lorem ipsum dolor sit amet given the family relationships '.repeat(2000) + rs[3]!.question;
	let t = performance.now();
	for (let i = 0; i < 20; i++) find(long);
	console.log(long.length, (performance.now() - t) / 20, 'ms');
	t = performance.now();
	for (const r of rs) find(r.question);
	console.log((performance.now() - t) / rs.length * 1000, 'us');
});
