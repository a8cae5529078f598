/** Rows of a sparse matrix, one after another. */
export interface SparseRows {
	readonly columns: number;
	/** Where each row begins in `column` and `value`; one more entry than there are rows. */
	readonly start: Int32Array;
	readonly column: Int32Array;
	readonly value: Float32Array;
}

/** `write` puts the cells of one row, at most `widest(row)` of them. */
export function sparseRows(
	rowCount: number,
	columns: number,
	widest: (row: number) => number,
	write: (row: number, put: (column: number, value: number) => void) => void,
): SparseRows {
	let capacity = 0;
	for (let row = 0; row < rowCount; row++) capacity += widest(row);
	const start = new Int32Array(rowCount + 1);
	const column = new Int32Array(capacity);
	const value = new Float32Array(capacity);
	let at = 0;
	const put = (place: number, cell: number) => {
		column[at] = place;
		value[at++] = cell;
	};
	for (let row = 0; row < rowCount; row++) {
		write(row, put);
		start[row + 1] = at;
	}
	return { columns, start, column: column.subarray(0, at), value: value.subarray(0, at) };
}

export function rowTimes(matrix: SparseRows, row: number, weights: Float64Array): number {
	const { start, column, value } = matrix;
	const end = start[row + 1]!;
	let sum = 0;
	for (let at = start[row]!; at < end; at++) sum += value[at]! * weights[column[at]!]!;
	return sum;
}

export interface RidgeProblem {
	readonly matrix: SparseRows;
	/** The rows to learn from. */
	readonly rows: readonly number[];
	/** By row of the matrix. */
	readonly target: Float64Array;
	/** By row of the matrix; how much a row counts. */
	readonly importance: Float64Array;
	/** Added to the squared length of the weights; the last column, the intercept, is free. */
	readonly penalty: number;
	readonly iterations: number;
}

/** Weighted least squares with a penalty, by conjugate gradients on the normal equations. */
export function ridge(problem: RidgeProblem): Float64Array {
	const { matrix, rows, target, importance, iterations } = problem;
	const { columns, start, column, value } = matrix;
	const weights = new Float64Array(columns);
	const residual = new Float64Array(columns);
	for (const row of rows) {
		const pull = importance[row]! * target[row]!;
		const end = start[row + 1]!;
		for (let at = start[row]!; at < end; at++) residual[column[at]!]! += pull * value[at]!;
	}
	const direction = residual.slice();
	const image = new Float64Array(columns);
	let squared = dot(residual, residual);
	const enough = 1e-8 * squared;
	for (let turn = 0; turn < iterations && squared > enough; turn++) {
		applyNormal(problem, direction, image);
		const step = squared / dot(direction, image);
		for (let index = 0; index < columns; index++) {
			weights[index]! += step * direction[index]!;
			residual[index]! -= step * image[index]!;
		}
		const next = dot(residual, residual);
		const keep = next / squared;
		squared = next;
		for (let index = 0; index < columns; index++) {
			direction[index] = residual[index]! + keep * direction[index]!;
		}
	}
	return weights;
}

function applyNormal(problem: RidgeProblem, vector: Float64Array, image: Float64Array): void {
	const { matrix, rows, importance, penalty } = problem;
	const { columns, start, column, value } = matrix;
	for (let index = 0; index < columns - 1; index++) image[index] = penalty * vector[index]!;
	image[columns - 1] = 0;
	for (const row of rows) {
		const push = importance[row]! * rowTimes(matrix, row, vector);
		const end = start[row + 1]!;
		for (let at = start[row]!; at < end; at++) image[column[at]!]! += push * value[at]!;
	}
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
	return sum;
}
