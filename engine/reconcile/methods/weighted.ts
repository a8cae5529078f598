import { voteBy } from './vote';

/** Each answer counts what its model weighs; the answer with the most weight wins. */
export const weighted = voteBy(({ weight }) => weight);
