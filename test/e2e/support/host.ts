import * as z from 'zod/v4-mini';

const hostSchema = z.strictObject({
	/** The root of this repository. */
	repository: z.string(),
	/** Executable of Node 24. */
	node24: z.string(),
	/** n8n's start script. */
	n8nScript: z.string(),
	/** npm's script, to be run by any Node. */
	npmScript: z.string(),
	/** The built package as it is published. */
	tarball: z.string(),
	/** Absent where no browser is needed. */
	chromium: z.optional(
		z.strictObject({ executable: z.string(), env: z.record(z.string(), z.string()) }),
	),
});

/** What `scripts/lib/prepareHost.mjs` found or made on this machine. */
export type Host = z.infer<typeof hostSchema>;

/** As handed over by the script that started this process. */
export function readHost(text = process.env.MULTI_MODEL_HOST): Host {
	if (text === undefined) throw new Error('Run this through its npm script: npm run test:e2e');
	return hostSchema.parse(JSON.parse(text));
}
