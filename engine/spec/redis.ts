/** A Redis that several processes share. */
export interface RedisSettings {
	readonly host: string;
	readonly port: number;
	/** Absent: Redis knows no users, or the default one is meant. */
	readonly username?: string;
	readonly password?: string;
	readonly database: number;
	readonly tls: boolean;
	/** The address is that of one node of a cluster. */
	readonly cluster: boolean;
	/** Stands before every key. */
	readonly keyPrefix: string;
	/** Seals stored answers; absent: they are stored as they are. */
	readonly encryptionKey?: string;
	/** Digest of all of this: what has the same one shares a connection. */
	readonly identity: string;
}
