/** Weights in one signed byte each, as base64: small where there are many of them. */
export interface PackedWeights {
	/** The largest weight that occurs, without its sign. */
	readonly largest: number;
	readonly base64: string;
}

const STEPS = 127;

/** The byte's square is its weight: most weights are small, and those need the finer steps. */
export function packWeights(weights: ArrayLike<number>): PackedWeights {
	const values = Array.from(weights);
	const exact = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
	const largest = Number(exact.toPrecision(6)) || 1;
	const bytes = Int8Array.from(values, (value) => {
		const step = Math.round(STEPS * Math.sqrt(Math.min(1, Math.abs(value) / largest)));
		return value < 0 ? -step : step;
	});
	return { largest, base64: Buffer.from(bytes.buffer).toString('base64') };
}

export function unpackWeights({ largest, base64 }: PackedWeights): Float32Array {
	const bytes = Buffer.from(base64, 'base64');
	const weights = new Float32Array(bytes.length);
	const unit = largest / (STEPS * STEPS);
	for (let index = 0; index < bytes.length; index++) {
		const step = ((bytes[index] ?? 0) << 24) >> 24;
		weights[index] = step * Math.abs(step) * unit;
	}
	return weights;
}
