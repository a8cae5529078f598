/** One piece of work and how many may run at the same time while it starts. */
export interface WindowTask<T> {
	readonly concurrency: number;
	readonly run: () => Promise<T>;
}

export interface WindowOptions {
	/** Nothing new starts once it has fired. */
	readonly signal: AbortSignal;
	/** Nothing new starts after the first failure. */
	readonly stopOnFailure: boolean;
}

/**
 * Runs the tasks in their order, each as soon as fewer than its `concurrency` are under way.
 * Returns when all that were started have settled; a task that was not started has no result.
 */
export async function slidingWindow<T>(
	tasks: ReadonlyArray<WindowTask<T>>,
	{ signal, stopOnFailure }: WindowOptions,
): Promise<Array<PromiseSettledResult<T> | undefined>> {
	const results: Array<PromiseSettledResult<T> | undefined> = tasks.map(() => undefined);
	let next = 0;
	let underWay = 0;
	let stopped = false;

	return await new Promise((resolve) => {
		const settle = (index: number, result: PromiseSettledResult<T>) => {
			results[index] = result;
			underWay--;
			stopped ||= stopOnFailure && result.status === 'rejected';
			startMore();
		};
		const start = (index: number, task: WindowTask<T>) => {
			underWay++;
			task.run().then(
				(value) => settle(index, { status: 'fulfilled', value }),
				(reason: unknown) => settle(index, { status: 'rejected', reason }),
			);
		};
		function startMore(): void {
			for (let task = tasks[next]; task !== undefined; task = tasks[next]) {
				if (stopped || signal.aborted || underWay >= task.concurrency) break;
				start(next++, task);
			}
			if (underWay === 0) resolve(results);
		}
		startMore();
	});
}
