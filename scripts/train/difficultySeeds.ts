/**
 * Prompts made up for this file, for ground that no recorded set covers: small talk, short
 * clean-up jobs, proofs, design questions. Both lists state a belief, not a measurement: that a
 * strong model gains nothing on the first and clearly on the second. Used for learning, never for a
 * figure.
 */
export const EASY_PROMPTS: readonly string[] = [
	'Hello!',
	'Thanks, that helped a lot.',
	'Hi, what can you do for me?',
	'What is the capital of Italy?',
	'What is 12 + 30?',
	'Convert 5 kilometers to meters.',
	'Translate "thank you very much" into Spanish.',
	'Correct the spelling: I recieved you mesage yesterday.',
	'Rewrite this sentence in a friendlier tone: Send me the file.',
	'Make the following text shorter: Our office is closed on Monday because of a holiday.',
	'Is this review positive or negative? "I love this phone."',
	'Extract the email address: you can reach me at anna@example.com after 3 pm.',
	'Return the first name of the customer: Dear Sir, my name is Peter Miller, order 4711.',
	'Classify the message as question or complaint: Where is my parcel?',
	'Give me three synonyms for happy.',
	'Write a subject line for an email about a team lunch.',
	'List the days of the week as a JSON array.',
	'Put these names into alphabetical order: Zoe, Adam, Mia.',
	'Summarize in one sentence: The shop opens at nine and closes at six on all weekdays.',
	'What is the opposite of cold?',
	'Write a short birthday wish for a colleague.',
	'Format this date as YYYY-MM-DD: 3 March 2024.',
	'Which language is this text written in? "Guten Morgen"',
	'Say yes or no: is 7 a prime number?',
];

export const HARD_PROMPTS: readonly string[] = [
	'Prove that there are infinitely many prime numbers of the form 4k + 3.',
	'Prove or disprove: every bounded sequence of continuous functions has a uniformly convergent subsequence.',
	'Derive the Euler-Lagrange equation and apply it to the brachistochrone problem.',
	'Show that the group of order 15 is cyclic, using the Sylow theorems.',
	'Implement a lock-free concurrent queue in C++ and argue why it is linearizable.',
	'Write a Rust program that parses arithmetic expressions with precedence and evaluates them, with tests.',
	'Design a distributed rate limiter that stays correct when the network partitions, and discuss the trade-offs.',
	'Find the race condition in the following scheduler and propose a fix that keeps the throughput.',
	'Given an array of intervals, write an algorithm in O(n log n) that returns the maximum weight of non-overlapping ones and prove its correctness.',
	'Analyse this contract clause by clause: which obligations conflict, and which party bears the risk under each reading?',
	'Compare three pricing strategies for our product, estimate the effect on churn and recommend one with your assumptions.',
	'How many ways are there to tile a 3 by 12 board with dominoes? Explain each step.',
	'Evaluate the integral of ln(1+x)/(1+x^2) from 0 to 1.',
	'A ladder slides down a wall while its foot is pulled away at 2 m/s. How fast does its midpoint move after 3 seconds?',
	'Five houses in a row have different colours, owners, pets and drinks. Using the fifteen clues below, find who keeps the fish.',
	'Write a SQL query that finds, for every customer, the longest streak of consecutive days with an order.',
	'Explain why the following proof is wrong and repair it.',
	'Plan the migration of a monolith with 40 tables to services without downtime, step by step, with a way back at each step.',
	'Which of these diagnoses fits the findings best, and what would you test next? Fever, night sweats, a new murmur, splinter haemorrhages.',
	'Determine all functions f from the reals to the reals with f(x + y) = f(x) + f(y) + 2xy.',
	'Work out the tax consequences of moving this company from Germany to the Netherlands in the middle of the year.',
	'Refactor this 300 line function into pure parts and prove that its behaviour is unchanged.',
	'Two players take turns removing 1, 3 or 4 stones from a pile of 2024. Who wins with perfect play, and why?',
	'Optimise the following query plan: the join on a skewed key spills to disk at 200 million rows.',
];
