/** Lets work through as long as fewer than `limit` are under way; the others wait in line. */
export type Gate = <T>(
	work: () => Promise<T>,
	limit: number,
	/** Whoever's time is over passes at once, to end there. */
	signal: AbortSignal,
) => Promise<T>;

interface Waiting {
	readonly limit: number;
	readonly pass: () => void;
}

/** A gate for everything that goes through it, first come, first served. */
export function createGate(): Gate {
	let underWay = 0;
	const line = new Set<Waiting>();

	function letIn(): void {
		for (const waiting of line) {
			if (underWay >= waiting.limit) return;
			waiting.pass();
		}
	}

	function enter(limit: number, signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const pass = () => {
				signal.removeEventListener('abort', pass);
				line.delete(waiting);
				underWay++;
				resolve();
			};
			const waiting: Waiting = { limit, pass };
			line.add(waiting);
			if (signal.aborted) pass();
			else signal.addEventListener('abort', pass, { once: true });
			letIn();
		});
	}

	return async (work, limit, signal) => {
		await enter(limit, signal);
		try {
			return await work();
		} finally {
			underWay--;
			letIn();
		}
	};
}
