import { voteBy } from './vote';

/** One answer, one vote, whatever its weight; the answer with the most votes wins. */
export const majority = voteBy(() => 1);
