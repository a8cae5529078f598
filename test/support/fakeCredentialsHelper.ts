import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** Credential data by the name of the stored credential, else by its type. */
export type GivenCredentials = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/** Hands out the given data. Whatever would need n8n's database or its HTTP helpers throws. */
export class FakeCredentialsHelper extends ICredentialsHelper {
	constructor(private readonly given: GivenCredentials) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.given[nodeCredentials.name] ?? this.given[type];
		if (data === undefined) throw new Error(`No credential given for "${type}"`);
		return structuredClone(data);
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	getCredentialsProperties(): INodeProperties[] {
		return [];
	}

	async authenticate(): Promise<IHttpRequestOptions> {
		throw new Error('The test harness does not sign requests for n8n');
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('The test harness stores no credentials');
	}

	async updateCredentials(): Promise<void> {
		throw new Error('The test harness stores no credentials');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('The test harness stores no credentials');
	}
}
