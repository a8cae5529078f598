import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A port on loopback that nobody listens on right now. */
export async function freePort(): Promise<number> {
	const port = await bind(0);
	if (port === undefined) throw new Error('No port is free on loopback');
	return port;
}

export async function isPortFree(port: number): Promise<boolean> {
	return (await bind(port)) !== undefined;
}

async function bind(port: number): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
			else reject(error);
		});
		server.listen(port, LOOPBACK, () => {
			const address = server.address();
			const taken = typeof address === 'object' && address !== null ? address.port : port;
			server.close(() => resolve(taken));
		});
	});
}
