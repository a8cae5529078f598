export interface CouncilFigures {
	/** Without the trigger, the questions and notes. */
	readonly nodes: number;
	/** Requests that the vendors saw. */
	readonly calls: number;
	readonly wallMs: number;
	/** Whether each decision names the models that took part. */
	readonly namesModels: boolean;
	readonly namesCost: boolean;
}

/** One column for each way to build a council, as a table for the terminal. */
export function councilTable(columns: Readonly<Record<string, CouncilFigures>>): string {
	const figures = Object.values(columns);
	const row = (label: string, show: (of: CouncilFigures) => string) =>
		`| ${[label, ...figures.map(show)].join(' | ')} |`;
	const yesNo = (value: boolean) => (value ? 'yes' : 'no');
	return [
		`| ${['', ...Object.keys(columns)].join(' | ')} |`,
		`| --- |${figures.map(() => ' ---: |').join('')}`,
		row('nodes', ({ nodes }) => String(nodes)),
		row('calls', ({ calls }) => String(calls)),
		row('wall time', ({ wallMs }) => `${(wallMs / 1000).toFixed(2)} s`),
		row('output names the models', ({ namesModels }) => yesNo(namesModels)),
		row('output names the cost', ({ namesCost }) => yesNo(namesCost)),
	].join('\n');
}
