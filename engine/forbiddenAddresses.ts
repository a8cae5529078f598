import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses at which clouds hand out the machine's own secrets, and where no model ever answers.
 * Loopback and private networks are open: local models live there.
 * Sources, read 2026-11-24: RFC 3927 and RFC 4291 §2.5.6 (link-local); AWS "Instance metadata"
 * (fd00:ec2::254); Azure "What is IP address 168.63.129.16"; Alibaba Cloud "Instance metadata"
 * (100.100.100.200); Oracle Cloud "Instance metadata" (192.0.0.192); RFC 6052 and RFC 3056 (IPv4 in
 * IPv6).
 */
const FORBIDDEN = new BlockList();
FORBIDDEN.addSubnet('169.254.0.0', 16, 'ipv4');
FORBIDDEN.addAddress('168.63.129.16', 'ipv4');
FORBIDDEN.addAddress('100.100.100.200', 'ipv4');
FORBIDDEN.addAddress('192.0.0.192', 'ipv4');
FORBIDDEN.addSubnet('fe80::', 10, 'ipv6');
FORBIDDEN.addAddress('fd00:ec2::254', 'ipv6');
FORBIDDEN.addAddress('fd20:ce::254', 'ipv6');
FORBIDDEN.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
FORBIDDEN.addSubnet('2002:a9fe::', 32, 'ipv6');
FORBIDDEN.addSubnet('::a9fe:0', 112, 'ipv6');

/** Names that only a cloud's own resolver knows. */
const METADATA_NAMES =
	/^(metadata|instance-data)(\.(google\.internal|goog|ec2\.internal|tencentyun\.com|platformequinix\.com))?$/;

/** Whether this address, a name or a number as it stands in a URL, is never called. */
export function isForbiddenHost(hostname: string): boolean {
	const host = hostname
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '')
		.toLowerCase();
	return isForbiddenAddress(host) || METADATA_NAMES.test(host);
}

function isForbiddenAddress(address: string): boolean {
	// A zone (`fe80::1%eth0`) is no part of the address.
	const [bare = ''] = address.split('%');
	const family = isIP(bare);
	return family !== 0 && FORBIDDEN.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * A DNS lookup that gives no forbidden address. It stands in the connection itself: a name that
 * means another address a moment later is seen, too.
 *
 * @param refuse makes the error of a name that means a forbidden address
 */
export function guardedLookup(
	lookup: LookupFunction,
	refuse: (hostname: string, address: string) => Error,
): LookupFunction {
	return (hostname, options, callback) => {
		lookup(hostname, options, (error, found, family) => {
			const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
			const forbidden = error === null ? addresses.find(isForbiddenAddress) : undefined;
			if (forbidden === undefined) callback(error, found, family);
			else callback(refuse(hostname, forbidden), found, family);
		});
	};
}
