import { Redis } from 'ioredis';

/** Every key with all that it holds, as one text. */
export async function dumpRedis(port: number, password: string): Promise<string> {
	const redis = new Redis({ host: '127.0.0.1', port, password });
	try {
		const keys = await redis.keys('*');
		const lines = await Promise.all(
			keys.map(async (key) => [key, await contentOf(redis, key)].join(' ')),
		);
		return lines.join('\n');
	} finally {
		redis.disconnect();
	}
}

async function contentOf(redis: Redis, key: string): Promise<string> {
	switch (await redis.type(key)) {
		case 'string':
			return (await redis.get(key)) ?? '';
		case 'hash':
			return JSON.stringify(await redis.hgetall(key));
		case 'zset':
			return JSON.stringify(await redis.zrange(key, '0', '-1'));
		default:
			return '';
	}
}
