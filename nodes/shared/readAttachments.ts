import type { IBinaryKeyData } from 'n8n-workflow';
import { InvalidPlanError, type Attachment } from '../../engine/index';
import { shown } from './shown';

/** A file that was found and may be sent, its bytes not read yet. */
export interface AttachmentRef {
	readonly property: string;
	readonly kind: Attachment['kind'];
	readonly mediaType: string;
	readonly fileName?: string;
}

/**
 * Checks the named binary properties of an item.
 *
 * @throws {InvalidPlanError} naming the property that is missing or of a type that cannot be sent
 */
export function readAttachments(raw: unknown, binary: IBinaryKeyData | undefined): AttachmentRef[] {
	if (raw === undefined || raw === null || raw === '') return [];
	if (typeof raw !== 'string') {
		throw new InvalidPlanError(
			`Attachments must be names of binary properties, got ${shown(raw)}`,
			'Give the names separated by commas, e.g. data, photo.',
		);
	}
	const names = raw
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	return names.map((property) => refOf(property, binary ?? {}));
}

function refOf(property: string, binary: IBinaryKeyData): AttachmentRef {
	const file = Object.hasOwn(binary, property) ? binary[property] : undefined;
	if (file === undefined) {
		const there = Object.keys(binary);
		const found = there.length === 0 ? 'it has none' : `it has ${there.join(', ')}`;
		throw new InvalidPlanError(
			`Attachments: the item has no binary property ${shown(property)}; ${found}`,
			'Correct the name under Attachments, or leave the field empty.',
		);
	}
	const kind = kindOf(file.mimeType);
	if (kind === undefined) {
		throw new InvalidPlanError(
			`Attachments: ${shown(property)} is of the type ${shown(file.mimeType)}, which no model takes`,
			'Attach images, PDF files or audio; put the text of other files into the prompt with Extract From File.',
		);
	}
	return {
		property,
		kind,
		mediaType: file.mimeType,
		...(file.fileName === undefined ? {} : { fileName: file.fileName }),
	};
}

function kindOf(mimeType: string): Attachment['kind'] | undefined {
	if (mimeType.startsWith('image/')) return 'image';
	if (mimeType.startsWith('audio/')) return 'audio';
	return mimeType === 'application/pdf' ? 'pdf' : undefined;
}
