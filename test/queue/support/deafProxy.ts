import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a port on loopback whose open connections can fall silent, as behind a dead router. */
export interface DeafProxy {
	readonly port: number;
	/** Nothing passes any more on the connections that are open; new ones work. */
	readonly deafen: () => void;
	readonly close: () => void;
}

export async function deafProxy(target: number): Promise<DeafProxy> {
	const pairs = new Set<readonly [Socket, Socket]>();
	const server = createServer((from) => {
		const to = connect(target, '127.0.0.1');
		from.pipe(to).pipe(from);
		for (const socket of [from, to]) socket.on('error', () => undefined);
		pairs.add([from, to]);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		deafen: () => {
			for (const [from, to] of pairs) {
				from.unpipe(to);
				to.unpipe(from);
				from.resume();
				to.resume();
			}
		},
		close: () => {
			for (const pair of pairs) for (const socket of pair) socket.destroy();
			server.close();
		},
	};
}
